"""The main job in a real Chromium, with and without JavaScript: a need is written, a company found and introduced, and it says yes."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from matchmaker.core.clock import today
from tests.browser.conftest import faults, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(240)]

NEED = {
    "title": "Vi kaster varer som har gått ut på dato",
    "need": "Kjøkkenet på sykehjemmet vet ikke hva som står på lager. Varer blir stående til datoen er passert, og må kastes. Kokkene bestiller mer enn de trenger.",
    "situation": "I dag telles lageret på papir en gang i uka. Vi kastet 2400 kilo i fjor.",
    "affected": "Kokkene på to sykehjem og de ansatte i tre barnehager.",
    "effect": "Vi vil halvere det vi kaster i løpet av ett år, og vise det med tall.",
    "contact_email": "oppvekst@demo.matchmaker.example",
}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def person(request, chromium, site):
    """Gives new visitors, who do or do not run scripts."""
    contexts = []

    def arrive():
        context = chromium.new_context(base_url=site.address, locale="nb-NO", java_script_enabled=request.param)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


def press(page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def test_a_need_becomes_an_introduction_that_is_accepted(person):
    adviser = person()
    sign_in(adviser, "Halden kommune, Oppvekst")
    adviser.goto("/utfordringer/ny")
    for name, words in NEED.items():
        adviser.locator(f"[name={name}]").fill(words)
    adviser.locator("[name=answers_due]").fill((today() + timedelta(days=30)).isoformat())
    press(adviser, "Publiser")
    expect(adviser.locator("h1")).to_have_text(NEED["title"])

    card = adviser.locator("article", has=adviser.get_by_role("heading", name="TotalCtrl"))
    expect(card.first).to_be_visible()
    expect(card.first.locator("q").first).not_to_be_empty()
    expect(adviser.locator(".need mark").first).to_be_visible()
    card.first.get_by_role("button", name="Kortliste").click()
    adviser.wait_for_load_state()
    suggestions = adviser.url

    card.first.get_by_role("link", name="Introduser").click()
    adviser.wait_for_load_state()
    press(adviser, "Se over")
    press(adviser, "Send introduksjonen")
    introduction = adviser.url
    expect(adviser.get_by_role("main")).to_contain_text("TotalCtrl")

    company = person()
    sign_in(company, "TotalCtrl")
    expect(company.get_by_role("main")).to_contain_text(NEED["title"])
    company.goto(introduction)
    company.get_by_role("main").get_by_role("button", name="Ja, vi vil snakke").click()
    company.wait_for_load_state()
    company.locator("textarea[name=text]").last.fill("Hei! Vi kan komme på tirsdag.")
    press(company, "Send meldingen")

    adviser.goto(introduction)
    expect(adviser.get_by_role("main")).to_contain_text("Vi kan komme på tirsdag.")
    adviser.goto(suggestions)
    company.goto(suggestions)
    assert "Kortliste" not in company.content()


def test_the_suggestions_can_be_read_and_acted_on_by_keyboard_alone(page, entered):
    entered(page, "Halden kommune, Oppvekst")
    page.goto("/utfordringer")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Hopp til innholdet")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.evaluate("() => document.querySelector('main').contains(document.activeElement)")
    assert focused
    outline = page.evaluate("() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; }")
    assert outline, "what has the focus must be seen"


def test_the_form_keeps_what_was_typed_and_says_beside_the_field_what_is_wrong(page, entered):
    entered(page, "Halden kommune, Oppvekst")
    page.goto("/utfordringer/ny")
    page.locator("[name=need]").fill("<script>alert(1)</script> Vi trenger hjelp.")
    press(page, "Publiser")
    title = page.locator("[name=title]")
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=need]")).to_have_value("<script>alert(1)</script> Vi trenger hjelp.")
    assert faults(page) == []


def test_an_error_goes_once_its_field_is_changed_and_the_summary_with_the_last(page, entered):
    entered(page, "Halden kommune, Oppvekst")
    page.goto("/utfordringer/ny")
    press(page, "Lagre utkast")
    summary = page.locator(".ds-error-summary")
    expect(summary.locator("li:visible")).to_have_count(2)
    page.locator("[name=title]").fill("Mindre mat i søpla")
    expect(page.locator("[name=title]")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#title-error")).to_be_visible()
    page.locator("[name=need]").click()
    expect(page.locator("#title-error")).to_be_hidden()
    expect(summary.locator("li:visible")).to_have_count(1)
    page.locator("[name=need]").fill("Vi kaster mat.")
    page.keyboard.press("Tab")
    expect(page.locator("[aria-invalid], .ds-validation-message:visible")).to_have_count(0)
    expect(summary).to_be_hidden()
    assert faults(page) == []


def test_what_one_does_not_need_to_mend_any_longer_goes_and_what_is_wrong_has_one_colour(page):
    page.goto("/registrer")
    page.locator("[name=kind][value=startup]").check()
    page.locator("main form button[type=submit]").click()
    colours = page.locator(".ds-validation-message").evaluate_all("all => all.map((each) => getComputedStyle(each).color)")
    assert (len(colours) > 2, len(set(colours))) == (True, 1)
    lines = page.locator(".ds-error-summary li:visible")
    expect(lines.locator("a[href='#organisation_name']")).to_have_count(1)
    page.locator("[name=kind][value=municipality]").check()
    page.locator("[name=name]").click()
    expect(lines.locator("a[href='#organisation_name']")).to_have_count(0)
    expect(lines.locator("a[href='#name']")).to_have_count(1)
    assert faults(page) == []


def test_a_link_to_a_folded_part_unfolds_it(page, entered):
    entered(page, "Halden kommune, Oppvekst")
    page.goto("/utfordringer/ny")
    expect(page.locator("[name=budget_from]")).to_be_hidden()
    for name in ("Krav til løsningen", "Prøve ut", "Tema"):
        page.get_by_role("navigation", name="Deler av skjemaet").get_by_role("link", name=name).click()
    for field in ("essential-0", "budget_from", "themes"):
        expect(page.locator(f"[name={field}]").first).to_be_visible()
    assert faults(page) == []


def test_a_meeting_is_cancelled_and_had_again_by_keyboard_and_the_plan_is_made_again(page, entered):
    entered(page, "Koordinator")
    page.goto("/")
    page.get_by_role("link", name="Arrangementer").first.click()
    page.get_by_role("link", name="Partnerkonferansen (demo)").click()
    page.get_by_role("link", name="Åpne planen").click()
    seats = page.locator(".board .seat:not(.free)")
    expect(seats).to_have_count(41)
    seats.first.focus()
    page.keyboard.press("Enter")
    page.locator("summary", has_text="Avlys").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Avlys møtet").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Møteplan, utkast 3")
    expect(page.locator(".news li h3")).to_have_count(2)
    expect(seats).to_have_count(40)
    page.get_by_role("button", name="Angre", exact=True).focus()
    page.keyboard.press("Enter")
    expect(seats).to_have_count(41)
    expect(page.get_by_role("heading", level=1)).to_have_text("Møteplan, versjon 2")
    press(page, "Lag plan på nytt")
    expect(seats).to_have_count(41)
    page.set_viewport_size({"width": 1024, "height": 900})
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), "the board scrolls, not the page"
    assert faults(page) == []


def test_a_meeting_is_dragged_to_where_it_may_go_and_refused_with_its_reason_elsewhere(page, entered):
    page.set_viewport_size({"width": 1600, "height": 1600})  # all of the board in sight: what scrolls under the pointer is not dragged
    entered(page, "Koordinator")
    page.goto("/arrangementer/1/plan")
    free = {each.get_attribute("href").rpartition("=")[2] for each in page.locator(".board .seat.free").all()}
    for seat in page.locator(".board .seat:not(.free)").all():
        own = page.request.get(seat.get_attribute("href")).text()
        allowed = set(re.findall(r'<option value="(\d+-\d+)"', own))
        if allowed and free - allowed:
            break
    address = seat.get_attribute("href")
    drag(page, address, min(free - allowed))
    expect(page.get_by_role("alert")).to_contain_text("kl.")
    below = "each => each.nextElementSibling.getBoundingClientRect().top - each.getBoundingClientRect().bottom"
    assert page.get_by_role("alert").evaluate(below) > 12  # pixels: the ring of who has the focus takes six
    page.goto("/arrangementer/1/plan")
    page.locator("[data-drag]").evaluate("board => { board.dataset.drag = 'another' }")  # as where somebody has changed the plan meanwhile
    drag(page, address, min(allowed))
    expect(page.get_by_role("alert")).to_contain_text("Planen er endret")
    page.goto("/arrangementer/1/plan")
    closed = "(each, place) => { each.outerHTML = `<span class='seat free' data-place='${place}'>stengt</span>` }"  # as the board shows a closed table's
    page.locator(f'.board a.seat.free[href$="={min(free - allowed)}"]').evaluate(closed, min(free - allowed))
    page.locator(f'.board a.seat[href="{address}"]').drag_to(page.locator(".board [data-place]"))
    expect(page.get_by_role("alert")).to_contain_text("kl.")
    page.goto("/arrangementer/1/plan")
    drag(page, address, min(allowed))
    expect(page.locator("#endring")).to_contain_text("er flyttet til")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("utkast"))
    press(page, "Angre")


def drag(page, address: str, place: str) -> None:
    page.locator(f'.board a.seat[href="{address}"]').drag_to(page.locator(f'.board a.seat.free[href$="={place}"]'))


def test_no_printed_list_leaves_its_last_point_alone_on_a_page(page):
    """The demands of a need, wherever they come on the sheet: each point is given a link, which the file says the page of."""
    page.goto("/utfordringer/1/utskrift")
    page.evaluate(
        """() => {
            const list = document.querySelector("main ul.wanted")
            const parts = Array.from({ length: 60 }, (_, nth) => {
                const room = document.createElement("p"), copy = list.cloneNode(true)
                room.textContent = "Ord ".repeat(20 * (nth % 7 + 1))
                for (const point of copy.children) point.innerHTML = `<a href="https://list.test/${nth}">${point.textContent}</a>`
                return [room, copy]
            })
            document.querySelector("main").replaceChildren(...parts.flat())
        }"""
    )
    objects = dict(re.findall(rb"(\d+) 0 obj\s*(<<.*?)endobj", page.pdf(format="A4"), re.DOTALL))
    linked = [re.search(rb"/Annots\s*\[(.*?)\]", each, re.DOTALL)[1] for each in objects.values() if re.search(rb"/Type\s*/Page\b", each)]
    points = [Counter(re.search(rb"list\.test/(\d+)", objects[number])[1] for number in re.findall(rb"(\d+) 0 R", links)) for links in linked]
    assert len(points) > 6
    assert [found for found in points if 1 in found.values()] == []


def test_each_sheet_is_one_page_on_either_paper_and_the_board_is_cut_nowhere(page, entered):
    entered(page, "Koordinator")
    found = {}
    for kind in ("programmer", "bordskilt", "navneskilt"):
        page.goto(f"/arrangementer/1/skriv-ut/{kind}")
        sheets = page.locator(".sheet").count()
        assert sheets > 4
        for paper in ("A4", "Letter"):
            found[kind, paper] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) - sheets
    assert set(found.values()) == {0}, found
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1032, "height": 703})  # what an A4 sheet on its side leaves within the margins
    for view in ("bord", "personer"):
        page.goto(f"/arrangementer/1/plan?visning={view}")
        for many in (False, True):  # as a table, and where there are more columns than a sheet is wide
            page.locator(".board").evaluate("(board, many) => board.classList.toggle('many', many)", many)
            cut = page.locator(".board .seat:visible").evaluate_all("seats => seats.filter(seat => seat.getBoundingClientRect().right > innerWidth).length")
            assert cut == 0, (view, many)
            assert page.locator(".board .seat:not(.free):visible").count() >= 41
