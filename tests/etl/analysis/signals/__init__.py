"""Tests of the signals: limits, rules, alarm, baselines, verdicts and scans."""
