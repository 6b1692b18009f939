"""Writing a profile: what is kept, what is refused, and who sees it."""

import io
import struct

from PIL import Image, ImageOps

from matchmaker.core.database import db
from matchmaker.profiles.models import Profile


def picture(colour="green", size=(4, 4), kind="PNG"):
    """A file as a browser sends it."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return io.BytesIO(file.getvalue()), "logo.png"


def form(profile=None, **values):
    """What a browser sends for a profile."""
    return {"name": "TotalCtrl", "summary": "Oversikt over mat", "language": "nb", "version": str(profile.version if profile else ""), **values}


def test_a_company_member_makes_a_profile_that_stays_hidden_without_consent(make, sign_in, client):
    member = make.company_member()
    answer = sign_in(member).post("/losninger/ny", data=form(problem="Varer blir glemt", maturity="8", counties=["31"], municipalities="Herøy (Nordland)"))
    assert answer.status_code == 303
    profile = db.session.scalars(db.select(Profile)).one()
    assert (profile.summary, profile.maturity, profile.places, profile.listed) == ("Oversikt over mat", 8, ["1818", "31"], False)
    assert client.get(f"/losninger/{profile.id}").status_code == 303
    assert "TotalCtrl" not in client.get("/losninger").get_data(as_text=True)


def test_consent_shows_the_profile_and_withdrawing_hides_it_at_once(make, sign_in, client):
    profile = make.profile(listed=False)
    member = sign_in(make.company_member(profile.organisation))
    member.post(f"/losninger/{profile.id}/rediger", data=form(profile, consent="y"))
    assert client.get(f"/losninger/{profile.id}").status_code == 200
    member.post(f"/losninger/{profile.id}/trekk-samtykke")
    assert client.get(f"/losninger/{profile.id}").status_code == 303


def test_somebody_from_another_company_may_not_edit(make, sign_in):
    profile = make.profile()
    assert sign_in(make.company_member()).post(f"/losninger/{profile.id}/rediger", data=form(profile)).status_code == 403


def test_rows_of_references_come_and_go_by_buttons_and_keep_every_word(make, sign_in):
    profile = make.profile()
    member = sign_in(make.company_member(profile.organisation))
    row = {"references-0-customer": "Halden", "references-0-result": "Halvert svinn"}
    page = member.post(f"/losninger/{profile.id}/rediger", data=form(profile, add_reference="1", **row)).get_data(as_text=True)
    assert 'name="references-1-customer"' in page
    assert "Halvert svinn" in page
    two = {**row, "references-1-customer": "Moss", "references-1-result": "Ett kjøkken"}
    page = member.post(f"/losninger/{profile.id}/rediger", data=form(profile, remove_reference="0", **two)).get_data(as_text=True)
    assert 'name="references-1-customer"' not in page
    assert "Ett kjøkken" in page
    assert db.session.get(Profile, profile.id).references == []


def test_the_second_to_save_sees_both_versions_and_loses_nothing(make, sign_in):
    profile = make.profile()
    opened = form(profile)
    member = sign_in(make.company_member(profile.organisation))
    address = f"/losninger/{profile.id}/rediger"
    member.post(address, data={**opened, "summary": "Den første skrev dette."})
    answer = member.post(address, data={**opened, "summary": "Den andre skrev dette.", "consent": "y"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Den første skrev dette." in page
    assert "Den andre skrev dette." in page
    db.session.expire_all()
    assert profile.summary == "Den første skrev dette."
    member.post(address, data={**opened, "version": str(profile.version), "summary": "Den andre skrev dette."})
    db.session.expire_all()
    assert profile.summary == "Den andre skrev dette."


def test_the_same_profile_saved_twice_is_saved(make, sign_in):
    profile = make.profile()
    member = sign_in(make.company_member(profile.organisation))
    address, typed = f"/losninger/{profile.id}/rediger", form(profile, summary="Vi sier det slik.", consent="y")
    answers = [member.post(address, data=typed) for _ in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, f"/losninger/{profile.id}")] * 2


def test_a_picture_chosen_while_a_colleague_saved_the_same_words_is_shown_and_may_be_removed_so_too(make, sign_in, client):
    profile = make.profile()
    member = sign_in(make.company_member(profile.organisation))
    address, opened = f"/losninger/{profile.id}/rediger", form(profile, consent="y")
    member.post(address, data=opened)
    assert member.post(address, data={**opened, "logo": picture()}).status_code == 303
    assert client.get(f"/losninger/{profile.id}/logo").status_code == 200
    assert member.post(address, data={**opened, "remove_logo": "y"}).status_code == 303
    assert client.get(f"/losninger/{profile.id}/logo").status_code == 404


def test_the_same_picture_sent_twice_is_kept_once(make, sign_in):
    profile = make.profile()
    member = sign_in(make.company_member(profile.organisation))
    address, opened = f"/losninger/{profile.id}/rediger", form(profile, consent="y")
    kept = []
    for _ in range(2):
        assert member.post(address, data={**opened, "logo": picture()}).status_code == 303
        db.session.expire_all()
        kept.append((profile.logo, profile.version))
    assert kept[0] == kept[1]


def test_words_that_are_the_same_do_not_bring_back_a_consent_a_colleague_withdrew(make, sign_in):
    profile = make.profile()
    member = sign_in(make.company_member(profile.organisation))
    address, opened = f"/losninger/{profile.id}/rediger", form(profile, consent="y")
    member.post(address, data=opened)
    member.post(f"/losninger/{profile.id}/trekk-samtykke")
    assert member.post(address, data=opened).status_code == 409
    db.session.expire_all()
    assert profile.consent_at is None


def test_of_two_who_make_the_companys_profile_at_once_the_second_loses_no_word(make, sign_in):
    company = make.organisation()
    first, second = (sign_in(make.company_member(company)) for _ in range(2))
    assert f'name="organisation" value="{company.id}"' in first.get("/losninger/ny").text
    typed = form(summary="Den første skrev dette.", organisation=company.id)
    assert [first.post("/losninger/ny", data=typed).status_code for _ in range(2)] == [303] * 2
    answer = second.post("/losninger/ny", data={**typed, "summary": "Den andre skrev dette."})
    assert answer.status_code == 409
    assert "Den første skrev dette." in answer.text
    assert "Den andre skrev dette.</textarea>" in answer.text
    profile = db.session.scalars(db.select(Profile)).one()
    assert second.post("/losninger/ny", data=form(profile, summary="Den andre skrev dette.", organisation=company.id)).status_code == 303
    db.session.expire_all()
    assert profile.summary == "Den andre skrev dette."


def test_a_changed_reference_loses_its_mark_and_an_unchanged_one_keeps_it(make, sign_in):
    profile = make.profile()
    member = sign_in(make.company_member(profile.organisation))
    address = f"/losninger/{profile.id}/rediger"
    rows = {
        f"references-{n}-{name}": value
        for n, customer in enumerate(["Halden", "Moss"])
        for name, value in {"customer": customer, "link": "https://example.test/a"}.items()
    }
    member.post(address, data=form(profile, consent="y", **rows))
    db.session.expire_all()
    coordinator = sign_in(make.coordinator())
    for reference in profile.references:
        assert coordinator.post(f"/losninger/{profile.id}/referanser/{reference.id}/bekreft").status_code == 303
    db.session.expire_all()
    ids = {f"references-{n}-reference_id": str(each.id) for n, each in enumerate(profile.references)}
    member.post(address, data=form(profile, consent="y", **rows, **ids, **{"references-1-result": "Nytt"}))
    db.session.expire_all()
    assert [bool(each.verified_at) for each in profile.references] == [True, False]


def test_a_picture_made_to_break_the_decoder_is_refused(monkeypatch, make, sign_in):
    profile = make.profile()
    monkeypatch.setattr(ImageOps, "exif_transpose", lambda opened: struct.unpack("<I", b"\0"))
    answer = sign_in(make.company_member(profile.organisation)).post(f"/losninger/{profile.id}/rediger", data=form(profile, consent="y", logo=picture()))
    assert answer.status_code == 422


def test_a_logo_is_told_by_its_content_and_drawn_anew(make, sign_in, client):
    profile = make.profile()
    member = sign_in(make.company_member(profile.organisation))
    address = f"/losninger/{profile.id}/rediger"
    wrong = member.post(address, data=form(profile, consent="y", logo=(io.BytesIO(b"<svg onload=alert(1)>"), "logo.png")))
    assert (wrong.status_code, db.session.get(Profile, profile.id).logo) == (422, "")
    member.post(address, data=form(profile, consent="y", logo=(picture(size=(600, 300), kind="JPEG")[0], "virus.exe")))
    answer = client.get(f"/losninger/{profile.id}/logo")
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert Image.open(io.BytesIO(answer.data)).size == (256, 128)


def test_hostile_words_are_kept_as_words(make, sign_in, client):
    profile = make.profile()
    member = sign_in(make.company_member(profile.organisation))
    member.post(f"/losninger/{profile.id}/rediger", data=form(profile, consent="y", summary="<script>alert(1)</script>\u202e \u200b'; DROP TABLE profiles; --"))
    page = client.get(f"/losninger/{profile.id}").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &#39;; DROP TABLE" in page
    assert member.post(f"/losninger/{profile.id}/rediger", data=form(profile, summary="x" * 1_000_000)).status_code == 422
    assert member.post(f"/losninger/{profile.id}/rediger", data=form(profile, links="javascript:alert(1)")).status_code == 422


def test_web_addresses_are_typed_as_people_say_them_and_one_that_is_none_is_named(make, sign_in):
    profile = make.profile()
    member, address = sign_in(make.company_member(profile.organisation)), f"/losninger/{profile.id}/rediger"
    rows = {"references-0-customer": "Moss", "references-0-link": "moss.no", "references-1-customer": "Halden", "references-1-link": "mailto:kari@halden.no"}
    wrong = member.post(address, data=form(profile, **rows)).text
    assert '<a href="#references-1-link">Lenke til kilden: Skriv hele adressen, med https:// foran.</a>' in wrong
    member.post(address, data=form(profile, links="totalctrl.com\nwww.blåbær.no:8080/a?b=c\nhttp://moss.no", **rows | {"references-1-link": ""}))
    db.session.expire_all()
    assert profile.links == ["http://moss.no", "https://totalctrl.com", "https://www.blåbær.no:8080/a?b=c"]
    assert [each.link for each in profile.references] == ["https://moss.no", ""]


def test_what_is_in_no_list_is_refused_beside_its_field(make, sign_in):
    profile = make.profile()
    member = sign_in(make.company_member(profile.organisation))
    for field in ("maturity", "themes", "sdgs", "counties", "languages", "language"):
        for value in ("   ", "finnes ikke", "\x00"):
            answer = member.post(f"/losninger/{profile.id}/rediger", data=form(profile, **{field: value}))
            assert answer.status_code == 422, (field, value)
            assert f'id="{field}-error">Velg blant dem som står her.' in answer.text, (field, value)
