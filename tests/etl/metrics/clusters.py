"""The interval of a net score by the answers of each customer, as the definitions write it."""

from collections.abc import Sequence

from etl.metrics.intervals import Interval, nps_of_customers


def nps_clustered(values_by_customer: Sequence[Sequence[int]]) -> Interval:
    """Takes the answers of each customer as 1 (promoter), 0 or -1 (detractor)."""
    customers = [(sum(values), len(values)) for values in values_by_customer if values]
    return nps_of_customers(
        sum(balance for balance, _ in customers),
        sum(count for _, count in customers),
        sum(balance**2 for balance, _ in customers),
        sum(balance * count for balance, count in customers),
        sum(count**2 for _, count in customers),
        len(customers),
    )
