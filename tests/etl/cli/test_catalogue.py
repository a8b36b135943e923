"""The catalogues as people and programs read them."""

from pathlib import Path

from etl.metrics.catalogue import METRICS
from etl.sources.catalogue import SOURCES
from etl.vocabulary import Dimension
from tests.etl.cli.calls import cx


def test_sources(data: Path) -> None:
    listed = cx(data, "sources", "--json").document
    assert [source["name"] for source in listed] == list(SOURCES)
    assert [source["title"] for source in listed] == [source.title for source in SOURCES.values()]
    assert [line.split()[0] for line in cx(data, "sources").out.splitlines()[1:]] == list(SOURCES)


def test_metrics_with_the_settings_in_force(data: Path) -> None:
    (data / "settings.toml").write_text("[metrics.service_level]\nthreshold_seconds = 30\ntarget = 0.8\n")
    listed = {metric["name"]: metric for metric in cx(data, "metrics", "--json").document}
    assert list(listed) == list(METRICS)
    level = listed["service_level"]
    assert (level["title"], level["unit"], level["goodness"]) == ("Service level", "share", "higher is better")
    assert (level["target"], level["minimum_n"], level["settings"]["threshold_seconds"]) == (0.8, 10, 30)
    assert (level["direction"], level["clock"], level["maturity_seconds"]) == ("higher is better", "event", 0)
    assert level["interval"] == "of a share, by Wilson"
    assert {(listed[name]["clock"], listed[name]["maturity_seconds"]) for name in ("fcr7", "repeat_rate", "nps")} == {
        ("start of the chain", 604_800), ("last contact of the chain", 604_800), ("response", 0),
    }  # fmt: skip
    assert (listed["recovery_rate"]["maturity_seconds"], listed["private_to_public"]["maturity_seconds"]) == (
        2_592_000, 259_200,
    )  # fmt: skip
    assert level["dimensions"] == [dimension.value for dimension in Dimension]


def test_an_entered_target_wins_over_those_of_the_files(data: Path) -> None:
    (data / "settings.toml").write_text("[metrics.service_level]\ntarget = 0.8\n")
    (data / "targets.csv").write_text("metric,target\nservice_level,0.85\n")
    assert cx(data, "metrics", "service_level", "--json").document["target"] == 0.85
    assert cx(data, "target", "service_level", "0.9").code == 0
    assert cx(data, "metrics", "service_level", "--json").document["target"] == 0.9
    assert [row["origin"] for row in cx(data, "targets", "--json").document["rows"]] == [
        "settings.toml", "targets.csv", "entered",
    ]  # fmt: skip


def test_dimensions_with_the_metrics_that_have_them(data: Path) -> None:
    listed = {dimension["name"]: dimension for dimension in cx(data, "dimensions", "--json").document}
    assert list(listed) == [dimension.value for dimension in Dimension]
    assert "contacts" in listed["direction"]["metrics"]
    assert "nps" not in listed["direction"]["metrics"]


def test_metrics_with_their_variants(data: Path) -> None:
    listed = {metric["name"]: metric["variants"] for metric in cx(data, "metrics", "--json").document}
    assert listed["contacts"] == []
    names = [variant["name"] for variant in listed["service_level"]]
    assert names[:2] == ["service_level:of_answered", "service_level:of_offered"]
    assert listed["abandonment"][0]["label"] == "Abandonment (with short abandons)"
