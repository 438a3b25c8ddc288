#include "client/app/notice_paper.hpp"

#include <algorithm>
#include <array>

#include "client/app/points.hpp"
#include "client/report/paper.hpp"
#include "client/store/fields_off.hpp"
#include "shared/base/hash.hpp"

namespace lianxin::client::app {
namespace {

using domain::PrivacyClass;

/// Kinds that are about one member, by what they hold.
constexpr std::array<std::string_view, 10> kKinds{
    "member",          "contact_point", "mobility_episode", "certificate", "visit",
    "contact_attempt", "consultation",  "case_item",        "delivery",    "hardship_record"};

/// What is written down of his doings: by the names of the kinds, their days and results go without saying.
constexpr std::array<std::string_view, 9> kDoings{"visit",        "contact_attempt", "consultation",
                                                  "case_item",    "delivery",        "attendance",
                                                  "points_entry", "certificate",     "attachment"};
/// The office's own notes about a card or an outflow tell nothing of the member.
constexpr std::array<std::string_view, 11> kOwnNotes{
    "name_pinyin",       "collect_mode",    "verify_level",     "unverified",
    "notice_on",         "notice_version",  "direction",        "state",
    "id_missing_reason", "no_phone_reason", "national_entry_on"};

/// Periods and what holds where the county has said nothing (sync/server/service/retention.cpp).
struct Period {
  std::string_view parameter;
  const char* years;
};
constexpr std::array<Period, 5> kPeriods{{{"keep_episode_years", "5"},
                                          {"keep_notes_years", "2"},
                                          {"keep_address_years", "1"},
                                          {"keep_hardship_years", "5"},
                                          {"keep_audit_years", "3"}}};

/// The county's office, or the nearest unit that has said whom to ask.
struct Office {
  std::string county;
  std::string contact;
  std::string phone;
};

Result<Office> office(const view::ViewSources& sources) {
  auto select = sources.store.database().prepare(
      "SELECT kind, name, secretary, contact_phone FROM k_org_unit WHERE r_flags & 195 = 0 AND (kind = "
      "'county' "
      "OR r_id IN (SELECT scope FROM held)) ORDER BY kind <> 'county', contact_phone IS NULL, code, r_id");
  Office out;
  while (true) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    if (out.county.empty()) out.county = select.text(1);
    if (!out.phone.empty() || select.is_null(3)) continue;
    out.contact = select.text(2);
    out.phone = select.text(3);
  }
}

bool is_told(const domain::Kind& kind, const domain::Field& field, PrivacyClass privacy) {
  const bool is_reference =
      field.type == domain::Type::kReference || field.type == domain::Type::kReferenceSet;
  if (field.wire < domain::kFirstKindField || is_reference || field.privacy != privacy) return false;
  if (privacy == PrivacyClass::kGeneral && kind.name != "member" && kind.name != "mobility_episode")
    return false;
  return std::find(kOwnNotes.begin(), kOwnNotes.end(), field.name) == kOwnNotes.end();
}

/// Names of the fields of a class, each once, without what the county has switched off.
Result<std::string> fields_in_words(const view::ViewSources& sources, PrivacyClass privacy) {
  LX_TRY(const auto off, store::fields_off(sources.store.database(), sources.today()));
  std::vector<std::string> names;
  for (const std::string_view name : kKinds) {
    const domain::Kind* kind = sources.catalogue().kind(name);
    for (const domain::Field& field : kind->fields) {
      if (!is_told(*kind, field, privacy)) continue;
      if (off.count(kind->name + "." + field.name) > 0) continue;
      const std::string label = sources.label(kind->name, field.name);
      if (std::find(names.begin(), names.end(), label) == names.end()) names.push_back(label);
    }
  }
  for (const std::string_view name : kDoings) {
    if (privacy == PrivacyClass::kGeneral) names.push_back(sources.wording.text("kind." + std::string(name)));
  }
  return sources.wording.enumerate(names);
}

Status add_periods(const view::ViewSources& sources, report::Paper& paper) {
  const view::Wording& wording = sources.wording;
  paper.rows.push_back({wording.text("paper.notice.period"), wording.text("paper.notice.keep_card")});
  for (const Period& period : kPeriods) {
    LX_TRY(const std::string said, parameter_on(sources.store, period.parameter, sources.today()));
    paper.rows.push_back(
        {"", wording.text("paper.notice.keep", {{"what", wording.code("parameter_name", period.parameter)},
                                                {"years", said.empty() ? period.years : said}})});
  }
  return {};
}

Status add_classes(const view::ViewSources& sources, report::Paper& paper) {
  for (std::uint8_t one = 0; one < domain::kPrivacyClassCount; ++one) {
    LX_TRY(std::string names, fields_in_words(sources, static_cast<PrivacyClass>(one)));
    paper.rows.push_back({sources.wording.text("class." + std::to_string(one)), std::move(names)});
  }
  return {};
}

Status add_rows(const view::ViewSources& sources, const Office& office, report::Paper& paper) {
  const view::Wording& wording = sources.wording;
  const auto row = [&](const char* what) {
    const std::string key = std::string("paper.notice.") + what;
    paper.rows.push_back({wording.text(key), wording.text(key + "_text", {{"county", office.county}})});
  };
  for (const char* what : {"who", "purpose", "basis", "method"})
    row(what);
  LX_DO(add_classes(sources, paper));
  for (const char* what : {"sensitive", "not_kept"})
    row(what);
  LX_DO(add_periods(sources, paper));
  for (const char* what : {"rights", "refusal"})
    row(what);
  if (office.phone.empty()) {
    row("ask");
    return {};
  }
  paper.rows.push_back(
      {wording.text("paper.notice.ask"),
       wording.text("paper.notice.ask_known",
                    {{"county", office.county}, {"name", office.contact}, {"phone", office.phone}})});
  return {};
}

/// Rows that leave a cell for the office.
void add_form(const view::Wording& wording, const Office& office, const std::string& key,
              const std::vector<std::string>& rows, report::Paper& paper) {
  paper.columns = {{wording.text(key + ".what"), 1},
                   {wording.text(key + ".content"), 3},
                   {wording.text(key + ".own"), 1.4}};
  for (const std::string& row : rows) {
    const std::string name = key + "." + row;
    paper.rows.push_back({wording.text(name), wording.text(name + "_text", {{"county", office.county}}), ""});
  }
}

/// The three papers differ in what stands in the table and who signs.
Status fill(const view::ViewSources& sources, const Office& office, OfficePaper which, report::Paper& paper) {
  const view::Wording& wording = sources.wording;
  std::string key = "paper.notice";
  std::vector<std::string> signers = {"member", "consent", "teller"};
  if (which == OfficePaper::kNotice) {
    paper.columns = {{wording.text("paper.notice.what"), 1}, {wording.text("paper.notice.content"), 4}};
    LX_DO(add_rows(sources, office, paper));
  } else {
    const bool assesses = which == OfficePaper::kAssessment;
    key = assesses ? "paper.assessment" : "paper.incident";
    signers = {"made", "checked"};
    add_form(wording, office, key,
             assesses ? std::vector<std::string>{"purpose", "minimum", "sensitive", "rights", "risk",
                                                 "measures", "entrust", "keep", "result"}
                      : std::vector<std::string>{"find", "stop", "list", "tell", "report", "restore",
                                                 "record", "train"},
             paper);
  }
  paper.title = wording.text(key + ".title");
  paper.notes = {wording.text(key + ".note")};
  for (const std::string& who : signers)
    paper.signatures.push_back(wording.text(key + ".sign_" + who));
  return {};
}

}  // namespace

Result<OfficePaper> office_paper_of(std::string_view word) {
  if (word.empty() || word == "notice") return OfficePaper::kNotice;
  if (word == "assessment") return OfficePaper::kAssessment;
  if (word == "incident") return OfficePaper::kIncident;
  return fail("notice.kind", {{"kind", std::string(word)}});
}

Result<NoticePaper> notice_paper(const view::ViewSources& sources, OfficePaper which) {
  const view::Wording& wording = sources.wording;
  LX_TRY(const Office whose, office(sources));
  report::Paper paper;
  LX_DO(fill(sources, whose, which, paper));
  std::string all;
  for (const auto& cells : paper.rows)
    all += cells[0] + "\t" + cells[1] + "\n";
  NoticePaper out;
  out.county = whose.county;
  out.version = hash256(all).hex().substr(0, 8);
  paper.facts = {wording.text("paper.notice.of", {{"county", whose.county}, {"version", out.version}})};
  paper.footer = wording.text("paper.notice.footer", {{"day", wording.partial_day(sources.today().text())},
                                                      {"version", out.version}});
  paper.made_ms = sources.now();
  LX_TRY(out.pdf, report::paper_pdf(paper));
  return out;
}

}  // namespace lianxin::client::app
