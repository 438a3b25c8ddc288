#pragma once
// The names of all fields, once for writing and for reading. `F` names, writes or reads one field (json.cpp).
// Internal to this folder.
#include <array>

#include "sync/wire/messages.hpp"

namespace lianxin::sync::wire {

inline constexpr std::array<const char*, 5> kOutcomeWords = {"applied", "merged", "conflict", "waiting",
                                                             "quarantined"};
inline constexpr std::array<const char*, 5> kEntryWords = {"applied", "inert", "own", "enter", "evict"};
inline constexpr std::array<const char*, 5> kVerdictWords = {"taken", "expected", "fork", "behind",
                                                             "revoked"};

template <class F>
void fields(F& f, Part& m) {
  f.number("tag", m.tag);
  f.octets("content", m.content);
}

template <class F>
void fields(F& f, Cursor& m) {
  f.id("scope", m.scope);
  f.number("privacy", m.privacy);
  f.number("position", m.position);
}

template <class F>
void fields(F& f, PackedChange& m) {
  f.octets("body", m.body);
  f.octets("values", m.values);
}

template <class F>
void fields(F& f, Verdict& m) {
  f.number("number", m.number);
  f.flag("equal", m.equal);
  f.flag("overlay_empty", m.overlay_empty);
}

template <class F>
void fields(F& f, ExchangeRequest& m) {
  f.number("protocol", m.protocol);
  f.number("catalogue", m.catalogue);
  f.replica("replica", m.replica);
  f.number("number", m.number);
  f.number("epoch", m.epoch);
  f.number("wall_ms", m.wall_ms);
  f.number("own_counter", m.own_counter);
  f.hash("own_hash", m.own_hash);
  f.number("first", m.first);
  f.hash("previous", m.previous);
  f.list("changes", m.changes);
  f.flag("more", m.more);
  f.list("cursors", m.cursors);
  f.maybe("verdict", m.verdict);
  f.number("answer_bytes_max", m.answer_bytes_max);
  f.protocol(m.protocol);
  if (m.protocol > kProtocolFirst) f.list("parts", m.parts);
  if (m.protocol > kProtocolInFiles) f.octets("folded", m.folded);
}

template <class F>
void fields(F& f, ChangeOutcome& m) {
  f.number("counter", m.counter);
  f.word("outcome", m.outcome, kOutcomeWords);
  f.text("reason", m.reason);
  f.text("owner", m.owner);
}

template <class F>
void fields(F& f, Acknowledgement& m) {
  f.number("epoch", m.epoch);
  f.replica("replica", m.replica);
  f.number("counter", m.counter);
  f.hash("hash", m.hash);
  f.list("outcomes", m.outcomes);
  f.octets("signature", m.signature);
}

template <class F>
void fields(F& f, FeedEntry& m) {
  f.number("position", m.position);
  f.word("kind", m.kind, kEntryWords);
  if (m.kind == EntryKind::kEnter || m.kind == EntryKind::kEvict) {
    f.id("record", m.record);
    f.number("record_kind", m.record_kind);
    f.id("parent", m.parent);
    f.octets("state", m.state);
    return;
  }
  f.change("id", m.id);
  f.octets("body", m.body);
  f.octets("values", m.values);
  f.number("effective_ms", m.effective_ms);
  f.flag("suspect", m.suspect);
  f.flag("own_inert", m.own_inert);
  f.changes("ghosts", m.ghosts);
}

template <class F>
void fields(F& f, StateRow& m) {
  f.id("record", m.record);
  f.number("kind", m.kind);
  f.id("parent", m.parent);
  f.octets("state", m.state);
}

template <class F>
void fields(F& f, FeedPage& m) {
  f.id("scope", m.scope);
  f.number("privacy", m.privacy);
  f.number("from", m.from);
  f.number("to", m.to);
  f.list("entries", m.entries);
  f.flag("is_snapshot", m.is_snapshot);
  f.list("rows", m.rows);
  f.id("snapshot_after", m.snapshot_after);
  f.list("originals", m.originals);
  f.octets("reserved", m.reserved);
}

template <class F>
void fields(F& f, ScopeDigest& m) {
  f.id("scope", m.scope);
  f.number("privacy", m.privacy);
  f.number("position", m.position);
  f.number("records", m.records);
  f.digest("digest", m.digest);
}

template <class F>
void fields(F& f, Grant& m) {
  f.id("division", m.division);
  f.text("role", m.role);
  f.text("from", m.from);
  f.text("to", m.to);
}

template <class F>
void fields(F& f, HeldScope& m) {
  f.id("scope", m.scope);
  f.text("code", m.code);
  f.numbers("classes", m.classes);
}

template <class F>
void fields(F& f, ExchangeAnswer& m) {
  f.number("protocol", m.protocol);
  f.word("verdict", m.verdict, kVerdictWords);
  f.id("server", m.server);
  f.number("epoch", m.epoch);
  f.number("server_ms", m.server_ms);
  f.number("expected", m.expected);
  f.one("ack", m.ack);
  f.id("worker", m.worker);
  f.list("grants", m.grants);
  f.list("scopes", m.scopes);
  f.list("returned", m.returned);
  f.list("pages", m.pages);
  f.list("digests", m.digests);
  f.flag("more", m.more);
  f.protocol(m.protocol);
  if (m.protocol > kProtocolFirst) f.list("parts", m.parts);
  if (m.protocol > kProtocolInFiles) f.octets("folded", m.folded);
}

template <class F>
void fields(F& f, EnrolRequest& m) {
  f.number("protocol", m.protocol);
  f.text("code", m.code);
  f.replica("replica", m.replica);
  f.octets("sign_key", m.sign_key);
  f.octets("seal_key", m.seal_key);
  f.number("wall_ms", m.wall_ms);
}

template <class F>
void fields(F& f, EnrolAnswer& m) {
  f.id("device", m.device);
  f.id("worker", m.worker);
  f.text("worker_name", m.worker_name);
  f.id("server", m.server);
  f.text("server_name", m.server_name);
  f.number("epoch", m.epoch);
  f.octets("server_sign_key", m.server_sign_key);
  f.octets("server_seal_key", m.server_seal_key);
  f.number("server_ms", m.server_ms);
  f.list("scopes", m.scopes);
}

template <class F>
void fields(F& f, WireError& m) {
  f.text("code", m.code);
  f.pairs("args", m.args);
}

}  // namespace lianxin::sync::wire
