#pragma once
// Field order of a bundle's body: final for file version 1.
#include "sync/wire/bundle.hpp"
#include "sync/wire/serialize.hpp"

namespace lianxin::sync::wire {

template <class A>
void BundleHeader::serialize(A& a) {
  a(kind, bundle.octets, server.octets, epoch, made_ms, from_device.octets);
  serialize_replica(a, from_replica);
  a(to_device.octets);
  serialize_replica(a, to_replica);
  a(sign_key, number, enrols, more, changes, first, last, entries, ranges);
}

/// What stands between the length and the signature.
struct BundleBody {
  BundleHeader header;
  std::vector<Section> sections;
  template <class A>
  void serialize(A& a) {
    a(header, sections);
  }
};

}  // namespace lianxin::sync::wire
