"""What a profile lacks before a municipality can judge it, and what to add next."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from matchmaker.profiles.models import Profile


@dataclass(frozen=True)
class Part:
    """`field` is the id of the form's field, `why` what it does for the reader."""

    field: str
    label: str
    why: str
    there: bool


@dataclass(frozen=True)
class Completeness:
    parts: tuple[Part, ...]

    @property
    def missing(self) -> tuple[Part, ...]:
        """What is not there, the most useful first."""
        return tuple(part for part in self.parts if not part.there)

    @property
    def done(self) -> int:
        return len(self.parts) - len(self.missing)


def completeness(profile: Profile) -> Completeness:
    """Eight parts, the most useful to a municipality first."""
    return Completeness(
        tuple(
            Part(field, label, why, bool(there) or there == 0)
            for field, label, why, there in (
                ("summary", _l("Hva dere gjør og for hvem"), _l("Det er dette kommunen leser først."), profile.summary),
                ("problem", _l("Problemet dere løser"), _l("Kommuner søker med problemet, ikke med løsningen."), profile.problem),
                ("how", _l("Hvordan det virker"), _l("Begrunnelsene i forslagene hentes herfra."), profile.how),
                ("references", _l("En referanse"), _l("Noen som har brukt det, veier mer enn adjektiver."), profile.references),
                ("maturity", _l("Modenhet"), _l("Kommunen ser om dere er klare for en pilot."), profile.maturity),
                ("themes", _l("Tema"), _l("Da finner de som leter innenfor ett område, dere."), profile.themes),
                ("languages", _l("Språk"), _l("Kommunen ser hvilke språk løsningen finnes på."), profile.languages),
                ("capacity", _l("Plass til nye piloter"), _l("Da spør ingen dere når det er fullt."), profile.capacity),
            )
        )
    )
