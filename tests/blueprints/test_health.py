"""What watches over the process learns whether it lives and whether it can work, and nothing else."""

from pathlib import Path

import pytest
from flask import Flask

from tests.web import SECRET
from workflow import create_app
from workflow.blueprints import health
from workflow.config import Settings


def test_it_lives_without_a_database(tmp_path: Path) -> None:
    app = create_app(Settings(secret_key=SECRET, database_url=f"sqlite:///{tmp_path / 'no' / 'where.sqlite'}"))

    assert app.test_client().get("/livez").json == {"alive": True}


def test_it_is_ready_when_the_database_has_its_tables(app: Flask) -> None:
    answer = app.test_client().get("/readyz")

    assert (answer.status_code, answer.json) == (200, {"ready": True})


@pytest.mark.parametrize("url", ["sqlite:///{0}/no/where.sqlite", "postgresql+psycopg://nobody@127.0.0.1:1/none"])
def test_it_is_not_ready_without_a_database(tmp_path: Path, url: str) -> None:
    app = create_app(Settings(secret_key=SECRET, database_url=url.format(tmp_path)))

    answer = app.test_client().get("/readyz")

    assert answer.status_code == 503
    assert answer.get_json()["ready"] is False
    assert "127.0.0.1" not in answer.text, "where the database is concerns nobody"


def test_it_is_not_ready_on_a_database_that_was_never_migrated(blank_url: str) -> None:
    app = create_app(Settings(secret_key=SECRET, database_url=blank_url))
    try:
        assert app.test_client().get("/readyz").status_code == 503
    finally:
        app.extensions["database"].dispose()


def test_it_is_not_ready_on_tables_of_another_release(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_head", lambda: "another")

    assert app.test_client().get("/readyz").status_code == 503
