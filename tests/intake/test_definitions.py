import pytest

from kpi.access import LOCAL
from kpi.errors import UsageError
from kpi.intake import ImportOptions, import_files
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Polarity
from kpi.store.record import Record

NARROW = "unit_code,indicator_code,period_start,period_end"
YEAR = "2024-01-01,2024-12-31"


def known(store):
    with Record.opened(store, writing=False) as record:
        return record.definitions("KMN")


def test_create_registers_organisation_units_parents_and_indicators(imported, store):
    imported(
        "unit_code,unit_name,indicator_code,indicator_name,unit_of_measure,polarity,period_start,period_end,value,parent_code",
        f"PKM1,Puskesmas 1,AKI,Maternal deaths,per 100.000,lower,{YEAR},1.25,DINKES",
        organisation_name="Kemuning",
    )
    found = known(store)

    assert found.organisation.name == "Kemuning"
    assert {code: unit.parent_code for code, unit in found.units.items()} == {
        "KMN": None,
        "DINKES": "KMN",
        "PKM1": "DINKES",
    }
    assert found.units["DINKES"].name == "DINKES"
    indicator = found.indicators["AKI"]
    assert (indicator.name, indicator.polarity, indicator.grain) == ("Maternal deaths", Polarity.MINIMIZE, "year")
    assert (indicator.decimals, indicator.multiplier, indicator.every_years) == (2, 1.0, 1)


def test_the_code_serves_as_name_where_none_is_given(imported, store):
    imported(f"{NARROW},value", f"A,I,{YEAR},1")
    found = known(store)

    assert (found.organisation.name, found.units["A"].name, found.indicators["I"].name) == ("KMN", "A", "I")
    assert found.indicators["I"].polarity is None


def test_an_indicator_with_parts_rolls_up_as_a_ratio_and_another_one_not_at_all(imported, store):
    imported(f"{NARROW},value,numerator,denominator,multiplier", f"A,R,{YEAR},50,1,2,100", f"A,V,{YEAR},50,,,")
    found = known(store).indicators

    assert found["R"].aggregation_over_periods is AggregationOverPeriods.RATIO
    assert found["R"].aggregation_over_units is AggregationOverUnits.RATIO
    assert found["R"].multiplier == 100
    assert found["V"].aggregation_over_periods is AggregationOverPeriods.NONE
    assert found["V"].aggregation_over_units is AggregationOverUnits.NONE


def test_an_option_states_the_aggregation_of_the_whole_file(imported, store):
    imported(f"{NARROW},value", f"A,I,{YEAR},1", aggregation_over_periods=AggregationOverPeriods.SUM)

    assert known(store).indicators["I"].aggregation_over_periods is AggregationOverPeriods.SUM


def test_an_option_that_contradicts_a_column_is_wrong_usage_and_names_the_line(imported, store):
    head = f"{NARROW},value,aggregation_over_periods"
    with pytest.raises(UsageError, match="line 3"):
        imported(
            head,
            f"A,I,{YEAR},1,sum",
            f"B,I,{YEAR},1,mean",
            aggregation_over_periods=AggregationOverPeriods.SUM,
        )
    assert not store.exists()


def test_the_own_grain_is_the_finest_in_the_file_or_known(imported, store):
    imported(f"{NARROW},value", f"A,I,{YEAR},1", "A,I,2024-01-01,2024-03-31,1")
    assert known(store).indicators["I"].grain == "quarter"

    imported(f"{NARROW},value", "A,I,2024-01-01,2024-01-31,1")
    assert known(store).indicators["I"].grain == "month"

    imported(f"{NARROW},value", "A,I,2025-01-01,2025-12-31,1")
    assert known(store).indicators["I"].grain == "month"


def years(*numbers):
    return [f"A,I,{year}-01-01,{year}-12-31,1" for year in numbers]


@pytest.mark.parametrize(
    ("numbers", "every"), [((2005, 2007, 2011), 2), ((2005, 2007), 1), ((2005, 2007, 2010), 1), ((2000, 2005, 2010), 5)]
)
def test_the_distance_of_at_least_three_years_tells_how_often_an_indicator_comes(imported, store, numbers, every):
    report = imported(f"{NARROW},value", *years(*numbers))

    assert known(store).indicators["I"].every_years == every
    assert ("comes every" in " ".join(map(str, report.created))) == (every > 1)


def test_a_stated_distance_of_years_is_taken(imported, store):
    imported(f"{NARROW},value,every_years", "A,I,2024-01-01,2024-12-31,1,2")

    assert known(store).indicators["I"].every_years == 2


@pytest.mark.parametrize(("value", "decimals"), [("1", 0), ("1.50", 2), ("1.123456", 4)])
def test_decimals_are_those_written_four_at_most(imported, store, value, decimals):
    imported(f"{NARROW},value", f"A,I,{YEAR},{value}")

    assert known(store).indicators["I"].decimals == decimals


def test_a_row_of_the_organisation_itself_names_it(imported, store):
    imported(f"{NARROW},value,unit_name", f"KMN,I,{YEAR},1,Kemuning")

    assert known(store).organisation.name == "Kemuning"
    assert list(known(store).units) == ["KMN"]


def test_refused_rows_register_nothing(imported, store, tmp_path):
    imported(f"{NARROW},value,parent_code", f"A,I,{YEAR},1,", f"B,J,{YEAR},x,P", skip_refused=tmp_path / "aside.csv")
    found = known(store)

    assert set(found.units) == {"KMN", "A"}
    assert set(found.indicators) == {"I"}


def test_a_rule_stated_later_is_recorded_even_when_no_figure_is_new(store, csv_file):
    path = csv_file(f"{NARROW},value", f"A,I,{YEAR},1")
    import_files(store, LOCAL, [path], ImportOptions("KMN", create=True))
    options = ImportOptions("KMN", aggregation_over_periods=AggregationOverPeriods.LAST)
    report = import_files(store, LOCAL, [path], options)

    assert (report.accepted, report.unchanged, report.batches) == (0, 1, (2,))
    assert known(store).indicators["I"].aggregation_over_periods is AggregationOverPeriods.LAST
