"""What the kinds and roles are called."""

from flask_babel import lazy_gettext as _l

from matchmaker.organisations.models import Kind, Role

KINDS = {
    Kind.MUNICIPALITY: _l("Kommunal avdeling"),
    Kind.STARTUP: _l("Oppstartsbedrift"),
    Kind.CLUSTER_PARTNER: _l("Klyngepartner"),
    Kind.CLUSTER: _l("Klynge"),
}
ROLES = {
    Role.DEPARTMENT: _l("Kommunal avdeling"),
    Role.COMPANY: _l("Bedrift"),
    Role.COORDINATOR: _l("Koordinator"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
