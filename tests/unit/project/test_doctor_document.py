"""`lapor doctor --json`: what was found, for a program to read."""

from bot.ops.doctor import Finding, document_of

WELL, LATER = Finding(good=True, words="The database is well."), Finding(good=False, words="No backup.", needed=False)
MISSING = Finding(good=False, words="The database does not answer.")


def test_a_program_reads_what_is_missing_and_whether_the_service_would_run() -> None:
    assert document_of([WELL, LATER]) == {
        "ready": True,
        "findings": [
            {"good": True, "words": "The database is well.", "needed": True},
            {"good": False, "words": "No backup.", "needed": False},
        ],
    }
    assert document_of([MISSING])["ready"] is False
