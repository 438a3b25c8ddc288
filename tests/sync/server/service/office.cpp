#include "tests/sync/server/service/office.hpp"

#include "sync/server/service/purging.hpp"
#include "sync/server/store/lists.hpp"
#include "tests/support/server_store.hpp"

namespace lianxin::test {

void must(const Status& status) {
  REQUIRE_MESSAGE(status.ok(), (status.ok() ? "" : status.error().code + " " + status.error().detail));
}

Bytes store_key() { return Bytes(32, 'k'); }

std::string small_list() {
  return "code,name,level,parent\n"
         "220622,靖宇县,county,\n"
         "220622101,三道湖镇,township,220622\n"
         "220622102,龙泉镇,township,220622\n"
         "220622101200,三合村,village,220622101\n"
         "220622101201,大井村,village,220622101\n"
         "220622102200,龙泉村,village,220622102\n";
}

server::DivisionCounts import_text(server::Administration& admin, std::string text, std::size_t piece) {
  std::size_t at = 0;
  return must(admin.import_divisions([&]() -> Result<std::string> {
    const std::string next = text.substr(std::min(at, text.size()), piece);
    at += piece;
    return next;
  }));
}

const std::string& kept_password_of_all() {
  static const std::string kept = must(server::kept_password("a passphrase"));
  return kept;
}

Office::Office(const domain::Catalogue& catalogue)
    : catalogue_(catalogue), files_(folder_.path() / "pictures", store_key()) {
  store_ = must(open_server_store(file(), store_key(), true));
  must(server::make_county(*store_, catalogue_, clock,
                           {"靖宇", "https://127.0.0.1:8443", "127.0.0.1:8443", kept_password_of_all()}));
  admin_ = std::make_unique<server::Administration>(
      must(server::Administration::open(*store_, catalogue_, clock)));
  exchange_ = std::make_unique<server::Exchange>(must(server::Exchange::open(*store_, catalogue_, clock)));
  exchange_->know_pictures(&files_);
  (void)import_text(*admin_, small_list());
}

std::unique_ptr<store::Reader> Office::reader() const { return must(store_->read()); }

Id Office::unit(const std::string& code) const {
  const auto unit = must(reader()->unit_by_code(code));
  REQUIRE(unit.has_value());
  return unit->id;
}

Id Office::worker(const std::string& name, const std::string& role, const std::string& code) {
  return must(admin_->add_worker(name, role, code));
}

void Office::prove() const {
  const server::Verification proof = must(server::verify(*store_));
  for (const server::Problem& problem : proof.problems)
    FAIL_CHECK(problem.invariant << ": " << problem.record << ": " << problem.what);
}

std::string Office::dump(const std::string& scope, const Id& viewer) const {
  std::string out;
  must(server::dump(*store_, catalogue(), {scope, false, viewer, Date::of(clock.now_ms())},
                    [&](const std::string& line) {
                      out += line + "\n";
                      return Status{};
                    }));
  return out;
}

void Office::new_epoch() {
  must(server::begin_new_epoch(*store_, clock));
  begin();
}

void Office::begin() {
  exchange_ = std::make_unique<server::Exchange>(must(server::Exchange::open(*store_, catalogue(), clock)));
  exchange_->know_pictures(&files_);
  admin_ = std::make_unique<server::Administration>(
      must(server::Administration::open(*store_, catalogue(), clock)));
}

void Office::put_back_silently(const std::filesystem::path& copy) {
  exchange_.reset();
  admin_.reset();
  store_.reset();
  must(put_back(copy, file(), store_key()));
  store_ = must(open_server_store(file(), store_key(), false));
  begin();
}

void Office::restore(const std::filesystem::path& copy, bool with_lists) {
  exchange_.reset();
  admin_.reset();
  store_.reset();
  must(put_back(copy, file(), store_key()));
  store_ = must(open_server_store(file(), store_key(), false));
  const store::Lists lists(file().parent_path());
  const store::Listed listed = with_lists ? must(lists.read()) : store::Listed();
  (void)must(server::replay_lists(*store_, catalogue(), listed.purges, listed.grants, listed.devices));
  new_epoch();
}

}  // namespace lianxin::test
