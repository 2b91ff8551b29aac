#pragma once

#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>
#include <type_traits>

#include "interpreter/api/objects.hpp"

/// What every function of duly.h needs at its edge: no exception crosses, texts with sizes, handles that may be bad.
namespace duly::api {

/// Runs the body of a function of the face. Nothing is thrown out of it.
template <class Body>
duly_code guarded(Body&& body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return DULY_OUT_OF_MEMORY;
  } catch (const std::length_error&) {
    return DULY_OUT_OF_MEMORY;
  } catch (...) {
    return DULY_INTERNAL;
  }
}

/// The string that a host passed; null where it passed NULL with a size.
inline std::optional<std::string_view> passed(std::size_t size, const char* text) {
  if (text == nullptr) {
    return size == 0 ? std::optional<std::string_view>("") : std::nullopt;
  }
  return std::string_view(text, size == DULY_TERMINATED ? std::strlen(text) : size);
}

/// `text` must end with a zero byte: a string's, a literal's.
inline duly_text given(const std::string& text) { return {text.size(), text.c_str()}; }
inline duly_text given_literal(const char* text) { return {std::strlen(text), text}; }
inline duly_text no_text() { return {0, ""}; }

/// No struct of any header is longer: a greater size is a mistake, and writing so much would do harm.
inline constexpr std::size_t longest_struct = 4096;

/// Writes as much of a struct as the host's header knows; the rest of a longer one is zero.
template <class T>
duly_code write_struct(const T& value, std::size_t size, T* out) {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= longest_struct);
  if (out == nullptr || size > longest_struct) return DULY_INVALID_ARGUMENT;
  const std::size_t known = size < sizeof(T) ? size : sizeof(T);
  std::memcpy(static_cast<void*>(out), &value, known);
  if (size > known) std::memset(reinterpret_cast<char*>(out) + known, 0, size - known);
  return DULY_OK;
}

/// The id that a handle means; null where it means nothing in this policy.
inline std::optional<FactId> fact_of(const Loaded& policy, duly_fact handle) {
  if (handle.policy != policy.stamp || handle.index >= policy.program.facts.size()) return std::nullopt;
  return FactId{handle.index};
}
inline std::optional<SubjectId> subject_of(const Loaded& policy, duly_subject handle) {
  if (handle.policy != policy.stamp || handle.index >= policy.program.subjects.size()) return std::nullopt;
  return SubjectId{handle.index};
}
inline std::optional<RecordId> record_of(const Loaded& policy, duly_record handle) {
  if (handle.policy != policy.stamp || handle.index >= policy.program.records.size()) return std::nullopt;
  return RecordId{handle.index};
}

inline duly_fact handle_of(const Loaded& policy, FactId fact) { return {fact.index, policy.stamp}; }
inline duly_subject handle_of(const Loaded& policy, SubjectId subject) { return {subject.index, policy.stamp}; }

duly_type type_of(const Subject& subject);
duly_type type_of(TypeKind kind);
duly_status status_of(Status status);

/// A known value; the text of a text is the caller's to add.
duly_value value_of(const Program& program, const Type& type, Scalar value);
duly_value value_of(Duty duty);

/// Makes an error with one problem; returns its code. Without memory for it there is none.
duly_code fail(duly_error** error, duly_code code, std::string message, std::string help = {}) noexcept;
/// Likewise with all that is wrong; `text` is how people read it.
duly_code fail(duly_error** error, duly_code code, std::vector<Problem> problems, std::string text) noexcept;

/// Fills in the first message from the problems.
void describe(duly_error& error);

}  // namespace duly::api
