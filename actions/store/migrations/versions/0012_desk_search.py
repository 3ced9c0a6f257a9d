"""Officers search the words of cases, moderators cover parts of them, and an admin's changes of files can be undone.

`case_search` is kept by triggers, so that whoever writes, changes or erases words does the same to what is searched, in
the same transaction. It holds which words a case has, not their order; on SQLite what is taken out is overwritten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FILTERS = ("agency", "status", "category", "district")

SQLITE = """
CREATE VIRTUAL TABLE case_search USING fts5(words, content='', detail='none');;

INSERT INTO case_search(case_search, rank) VALUES ('secure-delete', 1);;

CREATE TRIGGER case_search_words_in AFTER INSERT ON case_words BEGIN
    INSERT INTO case_search(rowid, words)
    SELECT id, NEW.story || ' ' || coalesce(place, '') FROM cases WHERE ticket = NEW.ticket;
END;;

CREATE TRIGGER case_search_words_changed AFTER UPDATE OF story ON case_words BEGIN
    INSERT INTO case_search(case_search, rowid, words)
    SELECT 'delete', id, OLD.story || ' ' || coalesce(place, '') FROM cases WHERE ticket = OLD.ticket;
    INSERT INTO case_search(rowid, words)
    SELECT id, NEW.story || ' ' || coalesce(place, '') FROM cases WHERE ticket = NEW.ticket;
END;;

CREATE TRIGGER case_search_words_out AFTER DELETE ON case_words BEGIN
    INSERT INTO case_search(case_search, rowid, words)
    SELECT 'delete', id, OLD.story || ' ' || coalesce(place, '') FROM cases WHERE ticket = OLD.ticket;
END;;

CREATE TRIGGER case_search_place_changed AFTER UPDATE OF place ON cases WHEN OLD.place IS NOT NEW.place BEGIN
    INSERT INTO case_search(case_search, rowid, words)
    SELECT 'delete', OLD.id, story || ' ' || coalesce(OLD.place, '') FROM case_words WHERE ticket = OLD.ticket;
    INSERT INTO case_search(rowid, words)
    SELECT NEW.id, story || ' ' || coalesce(NEW.place, '') FROM case_words WHERE ticket = NEW.ticket;
END;;

CREATE TRIGGER case_search_case_out BEFORE DELETE ON cases BEGIN
    INSERT INTO case_search(case_search, rowid, words)
    SELECT 'delete', OLD.id, story || ' ' || coalesce(OLD.place, '') FROM case_words WHERE ticket = OLD.ticket;
END;;

INSERT INTO case_search(rowid, words)
SELECT cases.id, story || ' ' || coalesce(place, '') FROM cases JOIN case_words USING (ticket)
"""
POSTGRESQL = r"""
SET LOCAL statement_timeout = 0;;

CREATE TABLE case_search (id BIGINT PRIMARY KEY, words tsvector NOT NULL);;

CREATE FUNCTION case_search_of(story text, place text) RETURNS tsvector IMMUTABLE LANGUAGE sql AS $$
    SELECT strip(to_tsvector('simple', regexp_replace(story || ' ' || coalesce(place, ''), '[\W_]+', ' ', 'g')))
$$;;

CREATE FUNCTION case_search_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM case_search USING cases WHERE cases.ticket = OLD.ticket AND case_search.id = cases.id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO case_search SELECT id, case_search_of(NEW.story, place) FROM cases WHERE ticket = NEW.ticket;
    END IF;
    RETURN NULL;
END $$;;

CREATE FUNCTION case_search_keep_place() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM case_search WHERE id = OLD.id;
    ELSE
        UPDATE case_search SET words = case_search_of(case_words.story, NEW.place) FROM case_words
        WHERE case_words.ticket = NEW.ticket AND case_search.id = NEW.id;
    END IF;
    RETURN NULL;
END $$;;

CREATE TRIGGER case_search_words AFTER INSERT OR UPDATE OF story OR DELETE ON case_words
FOR EACH ROW EXECUTE FUNCTION case_search_keep_words();;

CREATE TRIGGER case_search_place AFTER UPDATE OF place OR DELETE ON cases
FOR EACH ROW EXECUTE FUNCTION case_search_keep_place();;

INSERT INTO case_search SELECT cases.id, case_search_of(story, place) FROM cases JOIN case_words USING (ticket);;

CREATE INDEX case_search_by_word ON case_search USING gin (words) WITH (gin_pending_list_limit = 256)
"""
SQLITE_BACK = """
DROP TRIGGER case_search_words_in;;
DROP TRIGGER case_search_words_changed;;
DROP TRIGGER case_search_words_out;;
DROP TRIGGER case_search_place_changed;;
DROP TRIGGER case_search_case_out;;
DROP TABLE case_search
"""
POSTGRESQL_BACK = """
DROP TRIGGER case_search_words ON case_words;;
DROP TRIGGER case_search_place ON cases;;
DROP FUNCTION case_search_keep_words();;
DROP FUNCTION case_search_keep_place();;
DROP FUNCTION case_search_of(text, text);;
DROP TABLE case_search
"""


def _execute(on_sqlite: str, on_postgresql: str) -> None:
    connection = op.get_bind()
    statements = on_sqlite if connection.dialect.name == "sqlite" else on_postgresql
    for statement in statements.split(";;"):
        connection.exec_driver_sql(statement)


def upgrade() -> None:
    """Make the tables, and search what is there already."""
    op.create_table(
        "case_redactions",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("covered", sa.Text(), nullable=False),
    )
    op.create_table(
        "settings_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(24), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("file", sa.String(80), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
    )
    for name in FILTERS:
        op.create_index(f"cases_newest_of_{name}", "cases", [name, "id"])
    _execute(SQLITE, POSTGRESQL)


def downgrade() -> None:
    """Drop them."""
    _execute(SQLITE_BACK, POSTGRESQL_BACK)
    for name in FILTERS:
        op.drop_index(f"cases_newest_of_{name}", "cases")
    op.drop_table("settings_changes")
    op.drop_table("case_redactions")
