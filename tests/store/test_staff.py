import pytest

from conversion.domain.role import Actor, Role
from conversion.errors import NotFound
from conversion.store.staff import all_actors, find_actor, put_staff

CHEN = Actor(account="chen", name="陈明", roles=(Role.VILLAGE,), kin=("0012", "0030"))
WANG = Actor(account="wang", name="王芳", roles=(Role.DEPARTMENT, Role.STREET), department="民政局")


def test_people_are_found_as_they_were_entered(database):
    with database.writing() as session:
        put_staff(session, [WANG, CHEN])

    with database.reading() as session:
        assert all_actors(session) == [CHEN, WANG]
        assert find_actor(session, "wang") == WANG


def test_entering_a_person_again_replaces(database):
    promoted = Actor(account="chen", name="陈明", roles=(Role.STREET,))
    for person in (CHEN, promoted):
        with database.writing() as session:
            put_staff(session, [person])

    with database.reading() as session:
        assert all_actors(session) == [promoted]


def test_an_unknown_account_is_named(database):
    with database.reading() as session, pytest.raises(NotFound, match="zhao"):
        find_actor(session, "zhao")
