#include "lang/base/date.hpp"

#include <doctest/doctest.h>

namespace duly {
namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

TEST_CASE("days are counted from 1 January 1970") {
  CHECK(day("1970-01-01").days == 0);
  CHECK(day("1969-12-31").days == -1);
  CHECK(day("2000-03-01").days == 11017);
}

TEST_CASE("a day is written as it is read, from the first to the last there is") {
  for (const char* text : {"0001-01-01", "1600-02-29", "1900-02-28", "1999-12-31", "2000-02-29", "9999-12-31"}) {
    CHECK(to_string(day(text)) == text);
  }
  CHECK(first_date == day("0001-01-01"));
  CHECK(last_date == day("9999-12-31"));
}

TEST_CASE("every day of four centuries has its own number, and leads back to itself") {
  Date expected = day("1800-01-01");
  for (; expected < day("2201-01-01"); ++expected.days) {
    const CivilDate parts = civil(expected);
    REQUIRE(date_from_civil(parts.year, parts.month, parts.day) == expected);
  }
}

TEST_CASE("a day that the calendar does not have is no date") {
  CHECK_FALSE(parse_date("2023-02-29"));
  CHECK_FALSE(parse_date("1900-02-29"));
  CHECK_FALSE(parse_date("2024-04-31"));
  CHECK_FALSE(parse_date("2024-13-01"));
  CHECK_FALSE(parse_date("2024-00-10"));
  CHECK_FALSE(parse_date("0000-01-01"));
  CHECK_FALSE(date_from_civil(10000, 1, 1));
}

TEST_CASE("only year, month and day with two hyphens is a date") {
  for (const char* text : {"", "2024-4-1", "2024/04/01", "2024-04-01 ", "24-04-01", "2024-04-0x", "+024-04-01"}) {
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("years are completed on the birthday") {
  CHECK(elapsed(Elapsed::years, day("2010-06-15"), day("2023-06-14")) == 12);
  CHECK(elapsed(Elapsed::years, day("2010-06-15"), day("2023-06-15")) == 13);
  CHECK(elapsed(Elapsed::years, day("2010-06-15"), day("2010-06-15")) == 0);
}

TEST_CASE("who was born on 29 February completes a year on 1 March in a common year") {
  CHECK(elapsed(Elapsed::years, day("2004-02-29"), day("2022-02-28")) == 17);
  CHECK(elapsed(Elapsed::years, day("2004-02-29"), day("2022-03-01")) == 18);
  CHECK(elapsed(Elapsed::years, day("2004-02-29"), day("2024-02-28")) == 19);
  CHECK(elapsed(Elapsed::years, day("2004-02-29"), day("2024-02-29")) == 20);
}

TEST_CASE("months and days are counted likewise") {
  CHECK(elapsed(Elapsed::months, day("2024-01-31"), day("2024-02-29")) == 0);
  CHECK(elapsed(Elapsed::months, day("2024-01-31"), day("2024-03-01")) == 1);
  CHECK(elapsed(Elapsed::months, day("2024-01-15"), day("2025-01-15")) == 12);
  CHECK(elapsed(Elapsed::days, day("2024-02-28"), day("2024-03-01")) == 2);
}

TEST_CASE("before the date, the time since it is negative") {
  CHECK(elapsed(Elapsed::years, day("2024-06-15"), day("2024-06-14")) == -1);
  CHECK(elapsed(Elapsed::years, day("2024-06-15"), day("2023-06-15")) == -1);
  CHECK(elapsed(Elapsed::years, day("2024-06-15"), day("2023-06-14")) == -2);
  CHECK(elapsed(Elapsed::months, day("2024-06-15"), day("2024-06-14")) == -1);
  CHECK(elapsed(Elapsed::days, day("2024-06-15"), day("2024-06-14")) == -1);
}

TEST_CASE("without a unit it is the day itself, as a number") {
  CHECK(elapsed(Elapsed::none, day("2024-06-15"), day("1970-01-11")) == 10);
}

}  // namespace
}  // namespace duly
