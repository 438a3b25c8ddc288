#pragma once
// Field order of the change on the wire: final. Include where a change is encoded (this folder and
// sync/wire).
#include "shared/codec/codec.hpp"
#include "sync/change/change.hpp"

namespace lianxin::sync::change {

/// A change id on the wire: replica as eight bytes, counter as a varint.
template <class A>
void serialize_id(A& a, ChangeId& id) {
  codec::Fixed64 replica{id.replica.number};
  a(replica, id.counter);
}

template <class A>
void SeenRef::serialize(A& a) {
  serialize_id(a, id);
  a(hash8);
}

template <class A>
void ChangeBody::serialize(A& a) {
  a(suite, format);
  serialize_id(a, id);
  codec::Fixed64 stamp{hlc};
  a(action, stamp, wall_ms, author.octets, record.octets, kind, parent.octets, scope.octets, purge_number,
    scope_position, cause, note, writes);
}

template <class A>
void WriteValue::serialize(A& a) {
  a(state);
  if (state == State::kText) a(text);
  if (state == State::kPurged) a(hash.octets);
}

template <class A>
void ChangeValues::serialize(A& a) {
  a(secret, salts, values);
}

}  // namespace lianxin::sync::change
