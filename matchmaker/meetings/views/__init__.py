"""Pages of this room: one blueprint, one module a subject."""

from flask import Blueprint

blueprint = Blueprint("meetings", __name__)

from matchmaker.meetings.views import (  # noqa: E402, F401  (each adds its pages to the blueprint)
    arranging,
    checking_in,
    day,
    inviting,
    meetings,
<<<<<<< HEAD
=======
    mending,
>>>>>>> 1303bf2 (Who does not come is one press: the rest of the day is mended, and free tables find their pairs)
    participants,
    plans,
    prints,
    private,
    programmes,
<<<<<<< HEAD
    registering,
=======
>>>>>>> 1303bf2 (Who does not come is one press: the rest of the day is mended, and free tables find their pairs)
    slots,
    versions,
    wishes,
)
