"""A job is in the queue if and only if the act that asked for it is in the database."""

from conversion.store.queue import JobState, Queue, enqueue, jobs_under
from conversion.store.worker_slots import keep_slot, leave_slot, slots_seen, take_slot


def queued(database, prefix="print/"):
    with database.reading() as session:
        return [job.key for job in jobs_under(session, prefix)]


def test_a_job_goes_in_with_the_act_that_asks_for_it(database):
    with database.writing() as session:
        enqueue(session, "issue_part", "5203", "P0001", 1, 100, key="print/a", queue=Queue.PAGES)
        assert queued(database) == []

    with database.reading() as session:
        (job,) = jobs_under(session, "print/")
    assert (job.key, job.state, job.slot, job.reason) == ("print/a", JobState.WAITING, "", "")


def test_a_job_of_an_act_that_fails_never_was(database):
    with database.writing() as session:
        enqueue(session, "issue_part", "5203", "P0001", 1, 100, key="print/a", queue=Queue.PAGES)
        session.rollback()

    assert queued(database) == []


def test_the_same_key_is_the_same_job(database):
    for last in (100, 200):
        with database.writing() as session:
            asked = ("5203", "P0001", 1, last)
            enqueue(session, "issue_part", *asked, key="print/a", queue=Queue.PAGES)

    assert queued(database) == ["print/a"]
    assert queued(database, "batch/") == []


def test_preparing_a_queue_that_is_there_changes_nothing(database):
    with database.writing() as session:
        enqueue(session, "issue_part", "5203", "P0001", 1, 100, key="print/a", queue=Queue.PAGES)
    database.migrate()

    assert queued(database) == ["print/a"]


def test_a_slot_belongs_to_whoever_took_it_last(database):
    with database.writing() as session:
        take_slot(session, "host-1", "first", 100)
    with database.writing() as session:
        take_slot(session, "host-1", "second", 200)

    with database.writing() as session:
        assert not keep_slot(session, "host-1", "first", 300)
        assert keep_slot(session, "host-1", "second", 400)
        leave_slot(session, "host-1", "first")
    with database.writing() as session:
        assert slots_seen(session) == {"host-1": 400}
        leave_slot(session, "host-1", "second")
    with database.reading() as session:
        assert slots_seen(session) == {}
