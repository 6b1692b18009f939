"""Rules asked about people and organisations that were never saved."""

import pytest

from matchmaker.accounts.models import User
from matchmaker.accounts.rules import may_be_tried, may_change_identity, may_sign_in
from matchmaker.core.clock import now
from matchmaker.organisations import rules
from matchmaker.organisations.models import Invitation, Kind, Membership, Organisation, Registration, Role

HALDEN = Organisation(name="Halden kommune", department="Oppvekst", kind=Kind.MUNICIPALITY)
SARPSBORG = Organisation(name="Sarpsborg kommune", department="Helse", kind=Kind.MUNICIPALITY)
COMPANY = Organisation(name="TotalCtrl", kind=Kind.STARTUP)
PARTNER = Organisation(name="Smart", kind=Kind.CLUSTER_PARTNER)
CLUSTER = Organisation(name="Klyngen", kind=Kind.CLUSTER)
ALL = (HALDEN, SARPSBORG, COMPANY, PARTNER, CLUSTER)


def person(*places: tuple[Organisation, Role], ended: bool = False) -> User:
    user = User(name="Kari", email="kari@example.test", is_demo=False)
    user.memberships = [Membership(organisation=organisation, role=role, ended_at=now() if ended else None) for organisation, role in places]
    return user


NOBODY = person()
DEPARTMENT = person((HALDEN, Role.DEPARTMENT))
LEFT = person((HALDEN, Role.DEPARTMENT), ended=True)
SELLER = person((COMPANY, Role.COMPANY))
COORDINATOR = person((CLUSTER, Role.COORDINATOR))
ADMINISTRATOR = person((CLUSTER, Role.ADMINISTRATOR))
BOTH = person((HALDEN, Role.DEPARTMENT), (PARTNER, Role.COMPANY))

GIVES = {
    "nobody": (NOBODY, {}),
    "left": (LEFT, {}),
    "department": (DEPARTMENT, {HALDEN: [Role.DEPARTMENT]}),
    "company": (SELLER, {COMPANY: [Role.COMPANY]}),
    "both": (BOTH, {HALDEN: [Role.DEPARTMENT], PARTNER: [Role.COMPANY]}),
    "coordinator": (
        COORDINATOR,
        {HALDEN: [Role.DEPARTMENT], SARPSBORG: [Role.DEPARTMENT], COMPANY: [Role.COMPANY], PARTNER: [Role.COMPANY], CLUSTER: [Role.COORDINATOR]},
    ),
    "administrator": (
        ADMINISTRATOR,
        {
            HALDEN: [Role.DEPARTMENT],
            SARPSBORG: [Role.DEPARTMENT],
            COMPANY: [Role.COMPANY],
            PARTNER: [Role.COMPANY],
            CLUSTER: [Role.COORDINATOR, Role.ADMINISTRATOR],
        },
    ),
}


@pytest.mark.parametrize("who", GIVES)
@pytest.mark.parametrize("organisation", ALL, ids=lambda each: each.name)
def test_people_give_away_only_roles_that_are_theirs_to_give(who, organisation):
    user, gives = GIVES[who]
    given = gives.get(organisation, [])
    assert rules.roles_to_give(user, organisation) == given
    assert rules.may_invite(user, organisation) == bool(given)
    for role in Role:
        invitation = Invitation(email="x@example.test", organisation=organisation, role=role)
        assert rules.may_handle_invitation(user, invitation) == (role in given)


@pytest.mark.parametrize(
    ("user", "membership", "may"),
    [
        (DEPARTMENT, DEPARTMENT.memberships[0], True),
        (SELLER, DEPARTMENT.memberships[0], False),
        (DEPARTMENT, Membership(organisation=HALDEN, role=Role.DEPARTMENT), True),
        (DEPARTMENT, Membership(organisation=SARPSBORG, role=Role.DEPARTMENT), False),
        (LEFT, Membership(organisation=HALDEN, role=Role.DEPARTMENT), False),
        (LEFT, LEFT.memberships[0], False),
        (COORDINATOR, DEPARTMENT.memberships[0], True),
        (COORDINATOR, ADMINISTRATOR.memberships[0], False),
        (ADMINISTRATOR, ADMINISTRATOR.memberships[0], True),
        (ADMINISTRATOR, COORDINATOR.memberships[0], True),
        (NOBODY, DEPARTMENT.memberships[0], False),
    ],
)
def test_a_membership_is_ended_by_its_owner_a_colleague_or_the_staff(user, membership, may):
    assert rules.may_end_membership(user, membership) is may


def test_one_acts_only_in_roles_one_has_now():
    assert rules.may_act_as(DEPARTMENT, DEPARTMENT.memberships[0]) is True
    assert rules.may_act_as(DEPARTMENT, SELLER.memberships[0]) is False
    assert rules.may_act_as(LEFT, LEFT.memberships[0]) is False


@pytest.mark.parametrize(
    ("user", "sees", "edits"),
    [(NOBODY, False, False), (LEFT, False, False), (DEPARTMENT, True, True), (SELLER, True, False), (COORDINATOR, True, True), (ADMINISTRATOR, True, True)],
)
def test_members_see_organisations_and_edit_their_own(user, sees, edits):
    assert rules.may_see_organisation(user, HALDEN) is sees
    assert rules.may_edit_organisation(user, HALDEN) is edits
    assert rules.may_see_members(user, HALDEN) is edits


@pytest.mark.parametrize(("user", "may"), [(NOBODY, False), (DEPARTMENT, False), (SELLER, False), (COORDINATOR, True), (ADMINISTRATOR, True)])
def test_the_staff_decide_about_people_whose_address_is_known(user, may):
    confirmed = Registration(user=User(email="ny@example.test", email_confirmed_at=now()), state="waiting")
    assert rules.may_decide_registration(user, confirmed) is may
    assert rules.may_decide_registration(user, Registration(user=User(email="ny@example.test"), state="waiting")) is False


@pytest.mark.parametrize(
    ("values", "signs_in", "tried"),
    [
        ({"email_confirmed_at": now()}, True, False),
        ({"email_confirmed_at": now(), "is_demo": True}, True, True),
        ({"is_demo": True}, False, False),
        ({"email_confirmed_at": now(), "is_demo": True, "deleted_at": now()}, False, False),
    ],
)
def test_only_confirmed_people_who_are_still_here_come_in(values, signs_in, tried):
    user = User(**{"is_demo": False, **values})
    assert (may_sign_in(user), may_be_tried(user)) == (signs_in, tried)


def test_demo_accounts_are_nobodys_to_change():
    assert may_change_identity(User(is_demo=False)) is True
    assert may_change_identity(User(is_demo=True)) is False


def test_every_kind_has_roles_and_every_role_a_kind():
    assert set(rules.ROLES_OF) == set(Kind)
    assert {role for roles in rules.ROLES_OF.values() for role in roles} == set(Role)
