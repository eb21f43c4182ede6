from digital_days.running.private_programs import fingerprint_of

RECORD = "../../../bin/pg,sha256={},99\npixeltable_pgserver/pginstall/bin/postgres,sha256=abc,1\n"


def test_fingerprint_is_the_same_when_only_the_checkout_differs() -> None:
    assert fingerprint_of(RECORD.format("one")) == fingerprint_of(RECORD.format("other"))


def test_fingerprint_differs_when_the_programs_do() -> None:
    assert fingerprint_of(RECORD) != fingerprint_of(RECORD.replace("abc", "def"))
