#pragma once
// One record as one canonical line of JSON (`dump`): the laptop's dump and the server's are written by
// this code, so that equal states give equal bytes.
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/catalogue.hpp"
#include "sync/merge/record_state.hpp"

namespace lianxin::sync::merge {

/// Name of a kind in dumps: the catalogue's, or "#<wire number>" for a kind this catalogue does not know.
/// A dump is sorted by (dump_kind, id), both as bytes.
[[nodiscard]] std::string dump_kind(const domain::Catalogue& catalogue, std::uint16_t kind);

/// Entries of the audit are told like accounts and reference records, with the shelf alone: a dump is itself
/// in the audit, and two dumps of one state are equal.
[[nodiscard]] inline bool is_in_dump(std::string_view kind, bool with_shelf) {
  return with_shelf || kind != "audit_entry";
}

/// The line without line end; "" when no register has a head (a record that is only kept aside is in no
/// dump). `scopes` = codes of the scopes of the dump the record belongs to, "" = the shelf; sorted here.
/// Form, keys in this order:
///   {"id":"...","kind":"member","scopes":["220622101200"],"fields":{...}}
/// fields by name; a scalar is {"heads":["<replica>:<counter>",...],"value":"..."} with the shown value, null
/// where cleared, and "purged":true where a purge took it; a set is {"elements":{code:{...}}}. An unknown
/// field is "#<wire number>". Ghosts and what is quarantined are not in it.
[[nodiscard]] std::string dump_line(const RecordState& state, const domain::Catalogue& catalogue,
                                    std::vector<std::string> scopes);

}  // namespace lianxin::sync::merge
