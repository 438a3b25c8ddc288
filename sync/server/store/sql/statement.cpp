#include "sync/server/store/sql/statement.hpp"

namespace lianxin::sync::server::store {

Id SqlStatement::id(int column) const {
  const auto id = Id::from_bytes(step_->bytes(column));
  return id.ok() ? *id : Id{};
}

}  // namespace lianxin::sync::server::store
