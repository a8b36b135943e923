"""Time as a company counts it: periods, grains and fiscal years, what is compared with what."""

from etl.calendar.calendar import Calendar, calendar_of, start_column
from etl.calendar.fiscal import WeekYears
from etl.calendar.likeness import like_for_like
from etl.calendar.period import Period, Span

__all__ = ["Calendar", "Period", "Span", "WeekYears", "calendar_of", "like_for_like", "start_column"]
