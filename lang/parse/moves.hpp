#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "lang/parse/builder.hpp"
#include "lang/parse/words.hpp"

/// The few ways in which the actions (actions.hpp) move parts from the builder's registers to their places in the tree.
namespace duly::grammar {

template <class Node, class Value>
struct Member {
  using node = Node;
  using value = Value;
};
template <class Node, class Value>
Member<Node, Value> member_of(Value Node::*);
template <class Value>
struct Bare {
  using type = Value;
};
template <class Value>
struct Bare<std::optional<Value>> : Bare<Value> {};

inline syntax::Name take(Builder& b, syntax::Name*) { return std::move(b.name); }
inline syntax::Text take(Builder& b, syntax::Text*) { return std::move(b.text_part); }
inline syntax::DateText take(Builder& b, syntax::DateText*) { return b.date; }
inline syntax::InForce take(Builder& b, syntax::InForce*) { return b.in_force; }
inline syntax::Type take(Builder& b, syntax::Type*) { return std::move(b.type); }
inline syntax::Setting take(Builder& b, syntax::Setting*) { return std::move(b.setting); }
inline syntax::Expr take(Builder& b, syntax::Expr*) { return b.pop(); }
inline std::vector<syntax::Name> take(Builder& b, std::vector<syntax::Name>*) { return std::exchange(b.names, {}); }
inline std::vector<syntax::Signature> take(Builder& b, std::vector<syntax::Signature>*) {
  return std::exchange(b.signatures, {});
}
inline std::vector<syntax::Given> take(Builder& b, std::vector<syntax::Given>*) { return std::exchange(b.facts, {}); }
inline std::vector<syntax::Expectation> take(Builder& b, std::vector<syntax::Expectation>*) {
  return std::exchange(b.expectations, {});
}
inline bool take(Builder&, bool*) { return true; }
inline Span take(Builder& b, Span*) { return b.last_token(); }

template <class Value>
bool is_given(const std::optional<Value>& slot) {
  return slot.has_value();
}
template <class Value>
bool is_given(const std::vector<Value>& slot) {
  return !slot.empty();
}
inline bool is_given(const syntax::Name& slot) { return !slot.text.empty(); }
inline bool is_given(bool slot) { return slot; }

/// The clause's keyword, for messages about the clause.
template <class Input>
Span keyword(const Input& in, const Builder& b) {
  const std::size_t length = std::max<std::size_t>(word_length({in.begin(), in.size()}), 1);  // `:` is no word
  return b.token(in.begin(), in.begin() + length);
}

/// A clause that may stand once: its part fills the member, or is an error where one is there already.
template <auto member>
struct sets {
  template <class Input>
  static void apply(const Input& in, Builder& b) {
    using M = decltype(member_of(member));
    auto& slot = b.the<typename M::node>().*member;
    auto part = take(b, static_cast<typename Bare<typename M::value>::type*>(nullptr));
    if (b.is_first(&slot, is_given(slot), keyword(in, b))) slot = std::move(part);
  }
};

/// A clause that may be repeated: its names are added.
template <auto member>
struct adds {
  static void apply0(Builder& b) {
    auto& slot = b.the<typename decltype(member_of(member))::node>().*member;
    slot.insert(slot.end(), std::make_move_iterator(b.names.begin()), std::make_move_iterator(b.names.end()));
    b.names.clear();
  }
};

/// The head of a declaration: a new node with its name and, where it has one, its title.
template <class Node>
struct begins {
  template <class Input>
  static void apply(const Input& in, Builder& b) {
    b.declaration.head = cover(keyword(in, b), b.name.span);
    Node node;
    node.name = std::move(b.name);
    if constexpr (requires { node.title; }) node.title = std::move(b.text_part);
    if constexpr (std::is_same_v<Node, syntax::Define>) node.redefine = *in.begin() == 'r';
    b.declaration.node = std::move(node);
  }
};

/// The head of a part that a declaration has several of.
template <auto member>
struct begins_part {
  template <class Input>
  static void apply(const Input& in, Builder& b) {
    auto& parts = b.the<typename decltype(member_of(member))::node>().*member;
    auto& part = parts.emplace_back();
    part.span = b.span_from(in.begin());
    part.name = std::move(b.name);
    part.title = std::move(b.text_part);
  }
};

/// The end of such a part.
template <class Part>
struct ends_part {
  template <class Input>
  static void apply(const Input& in, Builder& b) {
    b.the<Part>().span = b.span_from(in.begin());
  }
};

/// The values of a choice or a decision, when all are read.
template <auto member>
struct takes_values {
  static void apply0(Builder& b) {
    b.the<typename decltype(member_of(member))::node>().*member = std::exchange(b.values, {});
  }
};

/// A token without a content of its own.
struct is_token {
  template <class Input>
  static void apply(const Input& in, Builder& b) {
    b.read_token(in.begin(), in.end());
  }
};
template <Builder::Dots dots>
struct is_name {
  template <class Input>
  static void apply(const Input& in, Builder& b) {
    b.read_token(in.begin(), in.end());
    b.read_name(b.last_token(), dots);
  }
};
template <void (Builder::*read)(Span)>
struct is_literal {
  template <class Input>
  static void apply(const Input& in, Builder& b) {
    b.read_token(in.begin(), in.end());
    (b.*read)(b.last_token());
  }
};

/// Calls a function of the builder, or one about it, with the span of what was matched.
template <auto run>
struct runs {
  template <class Input>
  static void apply(const Input& in, Builder& b) {
    std::invoke(run, b, b.span_from(in.begin()));
  }
};

}  // namespace duly::grammar
