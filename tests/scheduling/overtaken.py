"""A slot whose last seat is always somebody else's."""

EVERYBODY_IS_FASTER = (
    "CREATE SEQUENCE tries",
    """
    CREATE FUNCTION be_faster() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM nextval('tries'); RETURN NULL; END $$
    """,
    "CREATE TRIGGER be_faster BEFORE UPDATE OF taken ON slot FOR EACH ROW EXECUTE FUNCTION be_faster()",
)
NOBODY_IS_FASTER = ("DROP TRIGGER be_faster ON slot", "DROP FUNCTION be_faster()", "DROP SEQUENCE tries")
