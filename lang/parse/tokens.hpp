#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze_traits.hpp>

#include "lang/parse/words.hpp"

/// The words of the language: what is matched letter by letter. Every token takes the white space and the comments
/// after it along (`gap`), so that the rules of grammar.hpp never speak of them.
namespace duly::grammar {

namespace p = tao::pegtl;

struct comment : p::seq<p::one<'#'>, p::until<p::at<p::eolf>>> {};
struct gap : p::star<p::sor<p::one<' ', '\t', '\r', '\n'>, comment>> {};

/// A text literal as a template argument.
template <std::size_t Size>
struct Letters {
  char letters[Size];
  constexpr Letters(const char (&text)[Size]) { std::copy_n(text, Size, letters); }
  constexpr std::string_view view() const { return {letters, Size - 1}; }
};

template <class Input>
std::string_view rest_of(Input& in) {
  return {in.current(), in.size()};
}

/// One keyword, whole: `when`, but not the front of `when_due` or of `when.due`.
template <Letters letters>
struct spelled {
  using rule_t = spelled;
  using subs_t = p::empty_list;

  template <class Input>
  static bool match(Input& in) {
    const std::string_view rest = rest_of(in);
    if (rest.empty() || rest.front() != letters.view().front()) return false;  // nearly always, and fast
    if (!rest.starts_with(letters.view()) || word_length(rest) != letters.view().size()) return false;
    in.bump_in_this_line(letters.view().size());
    return true;
  }
};
template <Letters letters>
struct word : p::seq<spelled<letters>, gap> {};

enum class YesNo : bool { excluded, included };

/// A word that is no keyword. How it is spelled is judged by its action, so that a capital is one clear error and the
/// name is understood all the same.
template <YesNo yes_no>
struct free_word {
  using rule_t = free_word;
  using subs_t = p::empty_list;

  template <class Input>
  static bool match(Input& in) {
    const std::string_view rest = rest_of(in);
    const std::size_t length = word_length(rest);
    if (length == 0) return false;
    const std::string_view text = rest.substr(0, length);
    const bool allowed = yes_no == YesNo::included && (text == "yes" || text == "no");
    if (is_reserved(text) && !allowed) return false;
    in.bump_in_this_line(length);
    return true;
  }
};

/// A keyword where a name may be meant; only for looking ahead.
struct reserved_word {
  using rule_t = reserved_word;
  using subs_t = p::empty_list;

  template <class Input>
  static bool match(Input& in) {
    const std::string_view rest = rest_of(in);
    const std::size_t length = word_length(rest);
    if (length == 0 || !is_reserved(rest.substr(0, length))) return false;
    in.bump_in_this_line(length);
    return true;
  }
};

/// The name of something declared elsewhere.
struct name : p::seq<free_word<YesNo::excluded>, gap> {};
/// An answer or the value of a yes/no definition: `yes` and `no` are names there.
struct name_or_yes_no : p::seq<free_word<YesNo::included>, gap> {};
/// The name that a declaration gives; dots are for facts, definitions and decisions alone.
struct plain_name_word : free_word<YesNo::excluded> {};
struct dotted_name_word : free_word<YesNo::excluded> {};
struct plain_name : p::seq<plain_name_word, gap> {};
struct dotted_name : p::seq<dotted_name_word, gap> {};

template <char c>
struct character : p::one<c> {};
template <char c>
struct mark : p::seq<character<c>, gap> {};

struct unclosed_text {};
struct long_text : p::seq<p::string<'"', '"', '"'>, p::until<p::string<'"', '"', '"'>>> {};
struct short_text
    : p::seq<p::one<'"'>, p::not_at<p::string<'"', '"'>>,
             p::star<p::sor<p::seq<p::one<'\\'>, p::not_one<'\n'>>, p::not_one<'"', '\\', '\n'>>>, p::one<'"'>> {};
struct text_body : p::sor<long_text, short_text, p::raise<unclosed_text>> {};
struct text : p::seq<p::at<p::one<'"'>>, text_body, gap> {};
struct title : text {};

/// Figures end where neither a letter nor a further group of figures follows: `13th`, `1.5` and `2024/04/01` are not
/// numbers with something behind them but mistakes to be explained.
struct figures_end
    : p::not_at<p::sor<p::ranges<'a', 'z', 'A', 'Z', '0', '9', '_'>, p::seq<p::one<'-', '/', '.'>, p::digit>>> {};
struct figures : p::seq<p::opt<p::one<'-'>>, p::plus<p::digit>, figures_end> {};
struct date_figures
    : p::seq<p::rep<4, p::digit>, p::one<'-'>, p::rep<2, p::digit>, p::one<'-'>, p::rep<2, p::digit>, figures_end> {};
struct number : p::seq<figures, gap> {};
struct date : p::seq<date_figures, gap> {};

}  // namespace duly::grammar

namespace tao::pegtl {
template <class Name, duly::grammar::Letters letters>
struct analyze_traits<Name, duly::grammar::spelled<letters>> : analyze_any_traits<> {};
template <class Name, duly::grammar::YesNo yes_no>
struct analyze_traits<Name, duly::grammar::free_word<yes_no>> : analyze_any_traits<> {};
template <class Name>
struct analyze_traits<Name, duly::grammar::reserved_word> : analyze_any_traits<> {};
}  // namespace tao::pegtl
