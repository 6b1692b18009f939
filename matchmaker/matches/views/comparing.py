"""Two to four suggestions side by side, the list on paper, and the list as CSV."""

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import challenge
from matchmaker.core.access import LARGEST, requires
from matchmaker.core.database import transaction
from matchmaker.core.imports.writing import as_csv
from matchmaker.matches import comparing, counting, filtering, rules, suggesting
from matchmaker.matches import suggestion_queries as queries
from matchmaker.matches.need_words import need_passages
from matchmaker.matches.remembering import remember
from matchmaker.matches.views import blueprint

MOST = 4
EXPORTED = 1000


@blueprint.get("/utfordringer/<int:challenge_id>/sammenlign")
@requires(rules.speaks_for_need, challenge)
def compare(found: Challenge):
    """`?profiles=1&profiles=2`: what is asked as rows, companies as columns. More than four are cut to the four best."""
    asked = [number for number in request.args.getlist("profiles", type=int) if 0 < number <= LARGEST][:50]
    suggestions = [each for each in queries.suggestions_for(found, asked) if each.profile.listed][:MOST]
    if len(suggestions) >= 2:
        with transaction():
            suggesting.explain_missing(suggestions)
            for each in suggestions:
                remember("compared", challenge_id=found.id, profile_id=each.profile_id, by=current_user)
    cards = queries.cards(found, suggestions)
    choices, _cards = queries.page_of_suggestions(found, queries.Filters(), "best", size=20, number=1) if len(cards) < 2 else (None, [])
    return render_template(
        "matches/suggestions/compare.html",
        challenge=found,
        cards=cards,
        rows=comparing.rows(found, suggestions),
        facts=comparing.fact_rows(cards),
        choices=choices,
    )


@blueprint.get("/utfordringer/<int:challenge_id>/forslag/utskrift")
@requires(rules.speaks_for_need, challenge)
def print_suggestions(found: Challenge):
    """Everything on one page, for paper: the need, and every suggestion with its reasons in words."""
    standing = queries.standing(found)
    _page, cards = queries.page_of_suggestions(found, filtering.filters_from(request.args), "best", size=suggesting.KEPT * 2, number=1)
    return render_template(
        "matches/suggestions/print.html",
        challenge=found,
        standing=standing,
        heading=counting.heading(standing.counts),
        cards=cards,
        passages=need_passages(found, None),
    )


@blueprint.get("/utfordringer/<int:challenge_id>/forslag.csv")
@requires(rules.speaks_for_need, challenge)
def export_suggestions(found: Challenge):
    """UTF-8 with a byte order mark, so that spreadsheets read the letters; cells that would be formulas are quoted."""
    _page, cards = queries.page_of_suggestions(found, filtering.filters_from(request.args), "best", size=EXPORTED, number=1)
    kinds, bands = filtering.kinds(), {**filtering.bands(), "none": _("Ingen god match")}
    rows = [[_("Navn"), _("Hvem"), _("Sted"), _("Match"), _("Begrunnelser"), _("Ikke besvart"), _("Fakta"), _("Kortliste"), _("Notat")]]
    for card in cards:
        organisation = card.profile.organisation
        row = [
            card.profile.name,
            kinds.get(organisation.kind, ""),
            card.profile.location,
            bands[card.suggestion.band],
            " | ".join(f"{reason.asked} → {reason.quote}" for reason in card.reasons),
            " | ".join(card.unmet),
            " | ".join(fact.text for fact in card.facts),
            _("ja") if card.shortlisting else "",
            card.shortlisting.note if card.shortlisting else "",
        ]
        rows.append([str(cell) for cell in row])
    return Response("".join(as_csv(rows)), mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="matchforslag-{found.id}.csv"'})
