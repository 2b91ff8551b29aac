#include "lang/base/date.hpp"

#include <fmt/format.h>

#include <ctime>

namespace duly {
namespace {

constexpr int days_per_era = 146'097;            // 400 years of the Gregorian calendar
constexpr int days_before_unix_epoch = 719'468;  // from 0000-03-01 to 1970-01-01

/// Years are counted from 1 March, so that a leap day is the last day of its year.
constexpr std::int32_t days_from_civil(int year, int month, int day) {
  const int march_year = month <= 2 ? year - 1 : year;
  const int era = (march_year >= 0 ? march_year : march_year - 399) / 400;
  const int year_of_era = march_year - era * 400;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * days_per_era + day_of_era - days_before_unix_epoch;
}

constexpr bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

constexpr int days_in_month(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/// Months from year 0, without the day.
constexpr std::int64_t month_number(CivilDate date) { return std::int64_t{date.year} * 12 + date.month - 1; }

/// Completed months, rounded down: the day before the date is month -1. A day of the month that the last month does
/// not have (31, or 29 February) is completed on the first of the next.
std::int64_t completed_months(CivilDate since, CivilDate day) {
  return month_number(day) - month_number(since) - (day.day < since.day ? 1 : 0);
}

std::int64_t completed_years(CivilDate since, CivilDate day) {
  const bool before_anniversary = day.month < since.month || (day.month == since.month && day.day < since.day);
  return std::int64_t{day.year} - since.year - (before_anniversary ? 1 : 0);
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

const Date first_date{days_from_civil(1, 1, 1)};
const Date last_date{days_from_civil(9999, 12, 31)};

CivilDate civil(Date date) {
  const int shifted = date.days + days_before_unix_epoch;
  const int era = (shifted >= 0 ? shifted : shifted - (days_per_era - 1)) / days_per_era;
  const int day_of_era = shifted - era * days_per_era;
  const int year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int march_month = (5 * day_of_year + 2) / 153;
  const int month = march_month < 10 ? march_month + 3 : march_month - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * march_month + 2) / 5 + 1};
}

std::optional<Date> date_from_civil(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return Date{days_from_civil(year, month, day)};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return date_from_civil(*year, *month, *day);
}

std::string to_string(Date date) {
  const CivilDate parts = civil(date);
  return fmt::format("{:04}-{:02}-{:02}", parts.year, parts.month, parts.day);
}

Date today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
#ifdef _WIN32
  localtime_s(&local, &now);
#else
  localtime_r(&now, &local);
#endif
  return {days_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday)};
}

std::int64_t elapsed(Elapsed unit, Date since, Date day) {
  switch (unit) {
    case Elapsed::none: return day.days;
    case Elapsed::years: return completed_years(civil(since), civil(day));
    case Elapsed::months: return completed_months(civil(since), civil(day));
    case Elapsed::days: return std::int64_t{day.days} - since.days;
  }
  return 0;
}

}  // namespace duly
