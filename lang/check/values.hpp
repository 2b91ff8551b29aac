#pragma once

#include <optional>
#include <string>

#include "lang/check/context.hpp"

namespace duly {

/// In the author's words: "a yes/no", "a value of the choice `consent_answer`", "a number of years", "a date".
std::string describe(const Program& program, const Type& type);

/// A type that could not be read; reported where it stands. What uses it is not judged any further.
Type broken_type();
bool is_broken(const Type& type);

/// Whether values of the two types can be compared and copied: the same choice, numbers of the same unit, and so on.
bool same_type(const Type& a, const Type& b);

/// A type as written. What is wrong with it is reported; then it is yes/no, so that checking can go on. `owner` and
/// `title` name the choice that `one of` makes.
Type check_type(Context& context, const syntax::Type& written, std::uint32_t module, const std::string& owner,
                const std::string& title);

/// The index of a choice's value, if it has it.
std::optional<Scalar> choice_value(const Program& program, const Type& type, std::string_view name);

TermId add_term(Program& program, Term term);

/// The value that a name stands for, reported where there is none.
std::optional<Term> check_value_name(Context& context, const syntax::Name& name, std::uint32_t module);

/// A literal or another value on the right of a comparison or in a conclusion.
struct CheckedOperand {
  std::optional<TermId> term;  // of another value
  Scalar literal = 0;
};

/// Of a set, `type` is the element's choice type. Reports what does not fit the type. `literal_only`: other values are
/// not allowed (facts of cases, sets).
std::optional<CheckedOperand> check_operand(Context& context, const syntax::Operand& operand, const Type& type,
                                            std::uint32_t module, bool literal_only = false);

/// What a value is set to, for any type but text: checks the range, and the elements of sets.
std::optional<Conclusion> check_setting(Context& context, const syntax::Setting& setting, const Type& type,
                                        std::uint32_t module, bool literal_only);

/// Text as it stands in the file.
std::string quoted(const Context& context, Span span);

}  // namespace duly
