#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duly {

/// A calendar day as the number of days since 1970-01-01 (proleptic Gregorian); negative before it.
struct Date {
  std::int32_t days = 0;
  friend constexpr auto operator<=>(Date, Date) = default;
};

struct CivilDate {
  int year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31
};

/// The earliest and the latest day that can be written: 0001-01-01 and 9999-12-31.
extern const Date first_date;
extern const Date last_date;

CivilDate civil(Date date);

/// Null where the month or the day does not exist, or the year lies outside 1 to 9999.
std::optional<Date> date_from_civil(int year, int month, int day);

/// Reads exactly `YYYY-MM-DD`; null for anything else and for days that do not exist.
std::optional<Date> parse_date(std::string_view text);

std::string to_string(Date date);

/// Today by the machine's local calendar.
Date today();

/// The units in which time since a date is counted, in completed calendar units; `days` are plain differences.
enum class Elapsed : std::uint8_t { none, years, months, days };

/// Completed units from `since` to `day`, negative where `day` comes first. A person born on 29 February
/// completes a year on 1 March in a common year. With `none` it is the day itself, as a number.
std::int64_t elapsed(Elapsed unit, Date since, Date day);

}  // namespace duly
