#include "client/store/touched.hpp"

#include "shared/store/each_row.hpp"

namespace lianxin::client::store {
namespace {

/// Kinds whose rows hang on a member, or on what hangs on one.
constexpr const char* kOfMembers[] = {"contact_attempt",  "mobility_episode", "liaison_assignment",
                                      "quarter_refresh",  "certificate",      "certificate_check",
                                      "transfer_request", "hardship_record",  "aid",
                                      "survey_answer",    "attendance",       "delivery",
                                      "delivery_event"};
/// Kinds that concern no single member: that one was written is all that is noted.
constexpr const char* kOthers[] = {
    "case_item",     "case_event",        "activity",  "survey",       "month_close",  "contact_group",
    "worker",        "org_unit",          "parameter", "festival_day", "consultation", "correction",
    "village_table", "township_register", "material",  "grid",         "points_rule"};
constexpr const char* kTwinsMove = "BEGIN UPDATE revision SET twins = twins + 1";
constexpr const char* kTwinsNoted = "BEGIN UPDATE revision SET twins = twins + 1, noted = noted + 1";
/// No ON CONFLICT: that of the statement which sets the trigger off would hold instead.
std::string twin_note(const std::string& row) {
  return ";INSERT INTO touched_twin SELECT " + row + ".key, " + row +
         ".subject WHERE (SELECT noted FROM revision) <= " + std::to_string(kTouchedTwinsMax) +
         " AND NOT EXISTS (SELECT 1 FROM touched_twin WHERE key = " + row + ".key AND subject = " + row +
         ".subject)";
}
/// Noted as a kind that there is none of.
constexpr std::uint16_t kClusters = 0;
constexpr const char* kEvents[] = {"INSERT", "UPDATE", "DELETE"};

class Watch {
 public:
  explicit Watch(const domain::Catalogue& catalogue) : catalogue_(catalogue) {
    for (const char* name : kOfMembers)
      rows(name, "r_parent");
    for (const char* name : kOthers)
      rows(name, "");
    rows("member", "r_id");
    visits();
    clusters();
    for (const char* event : kEvents) {
      for (const char* table : {"twin_todo", "alias"})
        trigger(table, event, kTwinsMove);
    }
    trigger("twin_key", "INSERT", kTwinsNoted + twin_note("new"));
    trigger("twin_key", "DELETE", kTwinsNoted + twin_note("old"));
  }
  [[nodiscard]] const std::string& sql() const { return sql_; }

 private:
  void trigger(const std::string& table, const std::string& event, const std::string& body) {
    sql_ += "CREATE TEMP TRIGGER IF NOT EXISTS " + table + "_noted_" + event + " AFTER " + event +
            " ON main." + table + " " + body + "; END;";
  }
  /// No ON CONFLICT: that of the statement which sets the trigger off would hold instead.
  static std::string kind_note(const domain::Kind& kind) { return number_note(kind.wire); }
  static std::string number_note(std::uint16_t noted) {
    const std::string number = std::to_string(noted);
    return "INSERT INTO touched_kind SELECT " + number +
           " WHERE NOT EXISTS (SELECT 1 FROM touched_kind WHERE kind = " + number + ")";
  }
  static std::string subject_note(const std::string& subject) {
    return ";INSERT INTO touched SELECT " + subject + " WHERE " + subject +
           " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM touched WHERE subject = " + subject + ")";
  }

  /// Rows as they are and as they were.
  void rows(const char* name, const std::string& subject) {
    const domain::Kind* kind = catalogue_.kind(name);
    if (kind == nullptr) return;
    for (const std::string event : kEvents) {
      std::string body = "BEGIN " + kind_note(*kind);
      if (!subject.empty() && event != "DELETE") body += subject_note("new." + subject);
      if (!subject.empty() && event != "INSERT") body += subject_note("old." + subject);
      trigger("k_" + kind->name, event, body);
    }
  }

  /// A visit's members stand in table `element`, which is written after its row.
  void visits() {
    const domain::Kind* visit = catalogue_.kind("visit");
    const domain::Field* members = visit == nullptr ? nullptr : visit->field("members");
    if (members == nullptr) return;
    const std::string field = std::to_string(members->wire);
    trigger("k_visit", "UPDATE",
            "BEGIN " + kind_note(*visit) +
                ";INSERT INTO touched SELECT DISTINCT unhex(replace(element, '-', '')) AS member FROM "
                "main.element WHERE "
                "record = new.r_id AND field = " +
                field + " AND member IS NOT NULL AND member NOT IN (SELECT subject FROM touched)");
    for (const auto& [event, row] : {std::pair("INSERT", "new"), std::pair("DELETE", "old")}) {
      const std::string is_member = std::string("WHEN ") + row + ".kind = " + std::to_string(visit->wire) +
                                    " AND " + row + ".field = " + field + " BEGIN ";
      trigger("element", event,
              is_member + kind_note(*visit) +
                  subject_note(std::string("unhex(replace(") + row + ".element, '-', ''))"));
    }
  }

  /// Whom a record stands for is no column of it.
  void clusters() {
    const domain::Kind* member = catalogue_.kind("member");
    if (member == nullptr) return;
    for (const std::string event : kEvents) {
      std::string body = "BEGIN " + kind_note(*member) + ";" + number_note(kClusters);
      if (event != "DELETE") body += subject_note("new.record") + subject_note("new.canonical");
      if (event != "INSERT") body += subject_note("old.record") + subject_note("old.canonical");
      trigger("cluster", event, body);
    }
  }

  const domain::Catalogue& catalogue_;
  std::string sql_;
};

/// From the first time on writes are noted.
Status note_writes(lianxin::store::Database& database, const domain::Catalogue& catalogue) {
  {
    auto made = database.prepare("SELECT 1 FROM sqlite_temp_master WHERE name = 'revision'");
    LX_TRY(const bool found, made.step());
    if (found) return {};
  }
  LX_DO(database.exec(
      "CREATE TEMP TABLE touched(subject BLOB PRIMARY KEY) WITHOUT ROWID; "
      "CREATE TEMP TABLE touched_kind(kind INTEGER PRIMARY KEY); "
      "CREATE TEMP TABLE touched_twin(key BLOB, subject BLOB, PRIMARY KEY(key, subject)) WITHOUT ROWID;"));
  LX_DO(database.exec(Watch(catalogue).sql()));
  return database.exec(
      "CREATE TEMP TABLE revision(twins INTEGER NOT NULL, noted INTEGER NOT NULL); "
      "INSERT INTO revision VALUES(1, 0)");
}

}  // namespace

Result<Touched> take_touched(lianxin::store::Database& database, const domain::Catalogue& catalogue) {
  LX_DO(note_writes(database, catalogue));
  Touched out;
  auto kinds = database.prepare("SELECT kind FROM touched_kind");
  LX_DO(each_row(kinds, [&] { out.kinds.insert(static_cast<std::uint16_t>(kinds.integer(0))); }));
  out.clusters = out.kinds.count(kClusters) > 0;
  auto subjects = database.prepare("SELECT subject FROM touched");
  LX_DO(each_row(subjects, [&] { out.subjects.push_back(subjects.id(0)); }));
  kinds.reset();
  subjects.reset();
  if (!out.kinds.empty()) LX_DO(database.exec("DELETE FROM touched; DELETE FROM touched_kind"));
  return out;
}

Result<std::optional<std::vector<TouchedTwin>>> take_touched_twins(lianxin::store::Database& database,
                                                                   const domain::Catalogue& catalogue) {
  LX_DO(note_writes(database, catalogue));
  auto noted = database.prepare("SELECT noted FROM revision");
  LX_TRY(const bool is_noted, noted.step());
  const std::size_t all = is_noted ? noted.natural(0) : 0;
  noted.reset();
  std::optional<std::vector<TouchedTwin>> out(std::in_place);
  if (all == 0) return out;
  if (all > kTouchedTwinsMax) {
    out.reset();
  } else {
    auto select = database.prepare("SELECT key, subject FROM touched_twin");
    LX_DO(each_row(select, [&] { out->push_back({select.blob(0), select.id(1)}); }));
  }
  LX_DO(database.exec("DELETE FROM touched_twin; UPDATE revision SET noted = 0"));
  return out;
}

/// What is shown of a record is made of its states.
std::uint64_t shown_revision(const lianxin::store::Database& database) {
  return 1 + database.counted_writes();
}

Result<std::uint64_t> twins_revision(lianxin::store::Database& database, const domain::Catalogue& catalogue) {
  LX_DO(note_writes(database, catalogue));
  auto select = database.prepare("SELECT twins FROM revision");
  LX_TRY(const bool found, select.step());
  return found ? select.natural(0) : std::uint64_t{0};
}

}  // namespace lianxin::client::store
