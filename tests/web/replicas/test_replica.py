"""A policy published at one of several replicas: all have it, none mixes, and whoever is late or dead publishes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text, update

from bot.pipeline import PolicyBot
from index.in_database.tables import REGISTRY
from index.in_database.vectors import SentencesInDatabase
from index.measure.killed_builds import HashedPairs
from ingest.corpus.versions import read_published, version_folder
from ingest.database.blobs import keep_content
from ingest.database.database import Database
from ingest.database.file_trees import put_files, trees_below
from ingest.database.leases import JOB, LeaseHeld
from ingest.errors import CorpusUnusable, DatabaseAway, DatabaseUnusable, UnusableIndex
from tests.databases import TEMPLATE, PostgresServer
from tests.web.replicas.conftest import QUESTION, SOON_S, Site
from web.answers.opening import version_of
from web.replicas.replica import PUBLISHING

Make = Callable[[Database, str], Site]


def published(site: Site, amount: str) -> None:
    job = site.publish(site.draft(amount))
    assert job.wait(SOON_S)
    assert job.state == "done", job.error


def serving(site: Site) -> str:
    found = read_published(site.settings.home)
    assert found is not None
    return found.serving


def test_what_one_replica_publishes_the_others_answer_from(site: Make, database: Database) -> None:
    one, other = site(database, "a"), site(database, "b")
    before = other.replica.version
    published(one, "50万元")
    assert "50万元" in one.says()
    assert "30万元" in other.says()
    other.replica.follower.catch_up()
    assert "50万元" in other.says()
    assert other.replica.version == one.replica.version == serving(other) == serving(one)
    assert other.replica.version != before
    assert other.office.door.bot.corpus.folder.is_relative_to(other.settings.home)


def test_a_replica_that_starts_takes_the_version_that_serves(site: Make, database: Database) -> None:
    one = site(database, "a")
    published(one, "50万元")
    late = site(database, "late")
    assert "50万元" in late.says()
    assert late.replica.version == one.replica.version


def test_what_is_published_is_searched_in_the_database_where_that_is_set(
    site: Callable[..., Site], prepared_postgres: PostgresServer
) -> None:
    with prepared_postgres.database(TEMPLATE) as url:
        database = Database(url)
        one, other = site(database, "a", "database"), site(database, "b", "database")
        published(one, "50万元")
        other.replica.follower.catch_up()
        assert "50万元" in other.says()
        followed = other.office.door.bot
        assert isinstance(followed, PolicyBot)
        assert isinstance(followed.clause_index.sentence_vectors, SentencesInDatabase)
        with database.reading() as connection:
            names = connection.execute(text(f"SELECT version FROM {REGISTRY}")).scalars().all()
        assert list(names) == [serving(one)], "what was delivered is put there by a command"
        for replica in (one, other):
            replica.replica.follower.close()
        database.close()


def test_an_earlier_version_is_put_back_and_a_deleted_one_is_gone_everywhere(site: Make, database: Database) -> None:
    one, other = site(database, "a"), site(database, "b")
    published(one, "50万元")
    other.replica.follower.catch_up()
    delivered = read_published(other.settings.home)
    assert delivered is not None
    first = delivered.versions[0]
    assert version_folder(other.settings.home, first).is_dir(), "what may be put back was brought as well"
    job = other.publishing.serve(first.id, "li.na", lambda key, **_: key)
    assert job.wait(SOON_S)
    assert job.state == "done", job.error
    one.replica.follower.catch_up()
    assert "30万元" in one.says()
    gone = delivered.serving
    other.replica.remove(gone, "li.na")
    one.replica.follower.catch_up()
    left = read_published(one.settings.home)
    assert left is not None
    assert [version.id for version in left.versions] == [first.id]


def test_publishing_over_what_another_replica_published_is_refused(site: Make, database: Database) -> None:
    one, other = site(database, "a"), site(database, "b")
    draft = other.draft("40万元")
    published(one, "50万元")
    job = other.publish(draft)
    assert job.wait(SOON_S)
    assert job.state == "failed"
    assert "published" in (job.error or "")
    assert "50万元" in other.says(), "it caught up first"
    assert other.replica.version == one.replica.version


def test_two_replicas_do_not_publish_at_once(site: Make, database: Database) -> None:
    one, other = site(database, "a"), site(database, "b")
    with one.replica.builder.alone(PUBLISHING, "wang.li", "x"):
        job = other.publish(other.draft("40万元"))
        assert job.wait(SOON_S)
        assert job.state == "failed"
        assert "wang.li" in (job.error or "")
        with pytest.raises(LeaseHeld):
            other.replica.remove("x", "li.na")
    published(other, "45万元")


def test_a_builder_whose_lease_ended_publishes_nothing(
    site: Make, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was away so long that another one published meanwhile."""
    one, other = site(database, "a"), site(database, "b")
    monkeypatch.setattr(one.replica.builder, "_hold", lambda held: None)
    reached, go_on = threading.Event(), threading.Event()
    put = one.replica.versions.put

    def late(*given: object) -> str:
        reached.set()
        assert go_on.wait(SOON_S)
        return put(*given)  # pyright: ignore[reportArgumentType] handed on

    monkeypatch.setattr(one.replica.versions, "put", late)
    job = one.publish(one.draft("99万元"))
    assert reached.wait(SOON_S)
    with database.writing() as connection:
        connection.execute(update(JOB).where(JOB.c.kind == PUBLISHING).values(leased_until=0.0))
    published(other, "50万元")
    go_on.set()
    assert job.wait(SOON_S)
    assert job.state == "failed"
    assert "lease" in (job.error or "")
    assert "30万元" in one.says()
    one.replica.follower.catch_up()
    assert "50万元" in one.says()
    assert len(read_published(one.settings.home).versions) == 2  # pyright: ignore[reportOptionalMemberAccess] read above


def test_while_the_database_is_away_what_lies_here_serves_also_after_a_restart(
    site: Make, database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = site(database, "a")
    published(one, "50万元")

    def away() -> None:
        raise DatabaseAway("ingest.database_away", where="db.internal/p", cause="cut")

    with monkeypatch.context() as patch:
        patch.setattr(database, "reading", away)
        patch.setattr(database, "writing", away)
        again = site(database, "a")
        assert "50万元" in again.says()
        assert "cannot be reached" in capsys.readouterr().err
        assert again.replica.follower.behind is not None
        with pytest.raises(DatabaseUnusable):
            again.replica.follower.catch_up()
        job = again.publish(again.draft("60万元"))
        assert job.wait(SOON_S)
        assert job.state == "failed"
    again.replica.follower.catch_up()
    assert again.replica.follower.behind is None
    published(again, "70万元")


def test_publishing_that_fails_after_the_database_agreed_is_made_up_for(
    site: Make, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = site(database, "a")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("index.store.publication.write_published", full)
        job = one.publish(one.draft("50万元"))
        assert job.wait(SOON_S)
        assert job.state == "failed"
    assert "30万元" in one.says()
    one.replica.follower.catch_up()
    assert "50万元" in one.says()


def test_three_replicas_under_load_give_no_answer_of_two_versions(site: Make, database: Database) -> None:
    sites = [site(database, name) for name in "abc"]
    amounts = {sites[0].replica.version: "30万元"}
    over, faults, asked = threading.Event(), list[str](), list[str]()
    for one in sites:
        one.replica.follower.start()

    def ask(one: Site) -> None:
        while not over.is_set():
            bot = one.office.door.bot
            body, version = bot.ask(QUESTION).body, version_of(bot.corpus)
            asked.append(version)
            over.wait(0.02)
            found = [amount for amount in ("30万元", "51万元", "52万元") if amount in body]
            if len(found) != 1 or amounts.setdefault(version, found[0]) != found[0]:
                faults.append(f"{version}: {body}")

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask, one) for one in sites]
        pause = threading.Event()
        try:
            for number, one in enumerate(sites[:2], 1):
                published(one, f"5{number}万元")
                for _ in range(600):
                    if {other.replica.version for other in sites} == {one.replica.version}:
                        break
                    pause.wait(0.05)
                assert {other.replica.version for other in sites} == {one.replica.version}
        finally:
            over.set()
        for one in asking:
            one.result()
    assert faults == []
    assert len(set(asked)) == 3, "answers of each version were among them"


def test_who_publishes_waits_for_replicas_that_are_there_and_not_for_those_that_are_gone(
    site: Make, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = site(database, "a"), site(database, "b")
    monkeypatch.setattr("web.replicas.presence.WAITED_S", SOON_S)
    other.replica.presence.tell("something else")
    job = one.publish(one.draft("50万元"))
    pause = threading.Event()
    for _ in range(600):
        if (next_mark := one.replica.versions.marks().next) or job.is_over:
            break
        pause.wait(0.05)
    assert not job.is_over
    assert "30万元" in one.says()
    other.replica.presence.tell(next_mark)
    assert job.wait(SOON_S)
    assert job.state == "done", job.error
    monkeypatch.setattr("web.replicas.presence.PRESENT_S", -1.0)
    other.replica.presence.tell("gone")
    published(one, "60万元")


def test_what_was_offered_and_never_served_is_swept_away(
    site: Make, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The builder died between offering a version and letting it serve."""
    one, other = site(database, "a"), site(database, "b")

    def dies(*_: object) -> str:
        raise DatabaseAway("ingest.database_away", where="db.internal/p", cause="cut")

    with monkeypatch.context() as patch:
        patch.setattr(one.replica.versions, "put", dies)
        job = one.publish(one.draft("99万元"))
        assert job.wait(SOON_S)
        assert job.state == "failed"
    assert one.replica.versions.marks().next
    other.replica.follower.catch_up()
    assert "30万元" in other.says()
    published(other, "50万元")
    with database.reading() as connection:
        trees = trees_below(connection, "index/")
    assert trees == {f"index/{other.replica.version}"}
    assert not one.replica.versions.marks().next
    one.replica.follower.catch_up()
    assert "50万元" in one.says()


def test_an_index_of_another_release_is_named_and_the_old_version_serves_on(
    site: Make, database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = site(database, "a"), site(database, "b")
    published(one, "50万元")
    with monkeypatch.context() as patch:
        patch.setattr("web.replicas.version_store.INDEX_FORMAT", 999)
        with pytest.raises(UnusableIndex, match="another release"):
            other.replica.follower.catch_up()
        assert "30万元" in other.says()
        monkeypatch.setattr("web.replicas.following.Encoder.load", lambda *_: HashedPairs())
        started = site(database, "c")
        assert "50万元" in started.says(), "it makes the index itself"
        assert "without an index that fits" in capsys.readouterr().err


def test_a_list_that_another_release_wrote_is_refused_in_one_sentence(site: Make, database: Database) -> None:
    one = site(database, "a")
    with database.writing() as connection:
        mark = keep_content(connection, b'{"format": 2, "serving": "x"}')
        put_files(connection, "corpus-versions", {"serving.json": mark})
    with pytest.raises(CorpusUnusable, match="another release"):
        one.replica.follower.catch_up()
    assert "30万元" in one.says()
