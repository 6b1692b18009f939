"""Pages of this room: one blueprint, one module a subject."""

from flask import Blueprint

blueprint = Blueprint("meetings", __name__)

from matchmaker.meetings.views import (  # noqa: E402, F401  (each adds its pages to the blueprint)
    arranging,
    checking_in,
    closing,
    day,
    exports,
    feedback,
    inviting,
    meetings,
    mending,
    newcomers,
    notes,
    participants,
    plans,
    prints,
    private,
    private_draft,
    programmes,
    registering,
    results,
    slots,
    versions,
    wishes,
)
