from digital_days.running.import_summary import summary
from scheduling.domain.import_report import ImportReport, Line


def test_line_has_no_empty_quotes_when_it_names_nothing() -> None:
    report = ImportReport(edition="jn2027", changed=(Line(what="ordre des salles", title=""),))

    assert list(summary(report))[1] == "  ordre des salles"
