// Writes the first seeds of every fuzz target: lianxin-fuzz-seeds FOLDER (one folder below it for each
// target). Made from the golden files and the samples of the tests, so that a change of format finds its
// seeds again.
#define DOCTEST_CONFIG_IMPLEMENT  // the samples check what they read
#include <cstdio>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "client/store/journal.hpp"
#include "client/store/key_file.hpp"
#include "client/store/seal.hpp"
#include "shared/base/check.hpp"
#include "shared/base/file.hpp"
#include "sync/merge/merge.hpp"
#include "sync/wire/folding.hpp"
#include "sync/wire/json.hpp"
#include "sync/wire/leaving.hpp"
#include "sync/wire/parts.hpp"
#include "sync/wire/pictures.hpp"
#include "sync/wire/purge_proofs.hpp"
#include "sync/wire/serialize.hpp"
#include "tests/support/jpeg.hpp"
#include "tests/support/process.hpp"
#include "tests/sync/change/sample.hpp"
#include "tests/sync/wire/samples.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace cs = client::store;
namespace fs = std::filesystem;
namespace change = sync::change;

fs::path top;

void seed(const std::string& target, const std::string& name, BytesView bytes) {
  const fs::path folder = top / target;
  fs::create_directories(folder);
  std::ofstream out(folder / name, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

Bytes of_tree(const std::string& path) {
  const char* source = std::getenv("LX_SOURCE_DIR");
  std::ifstream in(fs::path(source == nullptr ? "." : source) / path, std::ios::binary);
  Bytes bytes{std::istreambuf_iterator<char>(in), {}};
  LX_CHECK(!bytes.empty(), "a file of the tree");
  return bytes;
}

template <class M>
void message(char which, const std::string& name, const M& sample) {
  seed("wire", name, which + codec::encode(sample));
  seed("wire", name + "-packed", which + sync::wire::pack(sample));
}

void wire() {
  message('\0', "signed_request", sample_signed_request());
  message('\1', "answer", sample_answer());
  message('\2', "enrol_request", sample_enrol_request());
  message('\3', "enrol_answer", sample_enrol_answer());
  message('\4', "error", sample_error());
  seed("wire", "request", '\5' + sync::wire::encode_request(sample_request()));
  for (const bool along_list : {false, true}) {
    sync::wire::ExchangeRequest request = sample_folding_request();
    sync::wire::fold(request, along_list ? sample_held() : std::vector<sync::wire::HeldScope>(), true);
    seed("wire", along_list ? "folded_request-list" : "folded_request", '\6' + request.folded);
    sync::wire::ExchangeAnswer answer = sample_folding_answer();
    sync::wire::Folding asked;
    asked.has_cursors = true;
    asked.each_digest = true;
    if (along_list) asked.held = sync::wire::sum_of(sample_held());
    sync::wire::fold(answer, asked);
    seed("wire", along_list ? "folded_answer-list" : "folded_answer", '\7' + answer.folded);
  }
}

void json() {
  using sync::wire::to_json;
  sync::wire::SignedRequest shown = sample_signed_request();
  shown.payload = sync::wire::encode_request(sample_request());
  seed("json", "signed_request", '\0' + to_json(shown));
  seed("json", "signed_payload", '\0' + to_json(sample_signed_request()));
  seed("json", "answer", '\1' + to_json(sample_answer()));
  seed("json", "enrol_request", '\2' + to_json(sample_enrol_request()));
  seed("json", "error", '\3' + to_json(sample_error()));
}

void parts() {
  using namespace sync::wire;
  const Id id = Id::parse("0199aaaa-0000-7000-8000-000000000001").value();
  char which = '\0';
  const auto part = [&](const std::string& name, const Bytes& sample) {
    seed("parts", name, which++ + sample);
  };
  const OfferedChange offered{{"body", "values"}, 17, true};
  part("heal_request", encode_part(HealRequest{{{id, 2, {whole_range()}, {{id, id}}}}, {{id, 1, 3}}}));
  part("heal_answer", encode_part(HealAnswer{
                          {{id, 1, 9, {{whole_range(), 7, {1, 2}}}, {whole_range()}, {{id, 5, {}, "x"}}}}}));
  part("healed", encode_part(HealedChanges{{offered}}));
  part("purge_request", encode_part(PurgeRequest{7}));
  part("purge_answer", encode_part(PurgeAnswer{{{8, id, 1, {20, 21}}}}));
  part("offer_request", encode_part(OfferRequest{{{ReplicaId{5}, 1, 9}}, {offered}}));
  part("offer_answer", encode_part(OfferAnswer{{{ReplicaId{5}, 3, 4}}}));
  part("decision_request", encode_part(DecisionRequest{{{{ReplicaId{5}, 3}}}}));
  part("decision_answer", encode_part(DecisionAnswer{{{{ReplicaId{5}, 3}, 2, "why", "220622101"}}}));
  part("proofs", encode_proofs(PurgeProofs{{Bytes(64, 'p')}}));
  part("proven", encode_proven(ProvenPurges{{{id, 1, {20, 21}, Bytes(64, 'p')}}}));
  part("confirmed", codec::encode(Confirmed{}));
  part("erased", codec::encode(ErasedValues{{{1, 4}, {7, 9}}}));
  part("sealed", codec::encode(SealedValues{}));
  part("backup", codec::encode(BackupReach{}));
  part("rest", codec::encode(ChainRest{}));
  part("branches", codec::encode(BranchNames{}));
}

void pictures() {
  using namespace sync::wire;
  const PictureName name{sha256("a picture"), Id::parse("0199aaaa-0000-7000-8000-000000000001").value()};
  seed("pictures", "ask", '\0' + encode_pictures(PictureAsk{{name, name}}));
  seed("pictures", "told",
       '\1' + encode_pictures(PictureTold{{{name.sha256, PictureStanding::kWanted, 70000}}}));
  seed("pictures", "put", '\2' + encode_pictures(PicturePut{3, name, 10, 4, "abcdef"}));
  seed("pictures", "get", '\3' + encode_pictures(PictureGet{3, name, 9}));
  seed("pictures", "answer",
       '\4' + pack(PictureAnswer{{name.sha256, PictureStanding::kKept, 3}, 10, "content"}));
  seed("pictures", "answer-plain",
       '\5' + codec::encode(PictureAnswer{{name.sha256, PictureStanding::kKept, 3}, 10, "content"}));
  const Bytes photo = quarters_jpeg(24, 16, 20);
  seed("photo", "plain", photo);
  seed("photo", "held", with_exif(photo, 6, "words"));
  seed("photo", "held-other-order", with_exif(photo, 8, "words", false));
  seed("photo", "large-header", with_size(photo, 60000, 60000));
}

void changes() {
  for (const auto& [name, body] : {std::pair("rich", sample_body()), std::pair("plain", plain_body())}) {
    const Bytes bytes = change::encode_body(body);
    change::ChangeValues values = sample_values();
    values.values.resize(body.writes.size());
    const auto with = [&](const Bytes& encoded) {
      return Bytes{static_cast<char>(bytes.size()), static_cast<char>(bytes.size() >> 8)} + bytes + encoded;
    };
    seed("change", name, with(change::encode_values(values)));
    change::purge_values(body, values, {});
    seed("change", std::string(name) + "-purged", with(change::encode_values(values)));
    sync::merge::RecordState state;
    change::ChangeValues kept = sample_values();
    kept.values.resize(body.writes.size());
    (void)sync::merge::apply(state, body, kept, {}, [](const ChangeId& /*id*/) { return true; });
    for (const auto& [privacy, one] : state.classes)
      seed("state", name, sync::merge::encode_class_state(one));
  }
}

void files_of_a_store() {
  cs::KeyFile file;
  file.generation = 3;
  const Bytes key(cs::kKeyBytes, 'k');
  auto slot = cs::make_passphrase_slot(file.vault, "a passphrase for tests", {1, 1}, key);
  LX_CHECK(slot.ok(), "one mebibyte");
  file.slots = {*slot, {2, Bytes(80, 'r')}};
  cs::seal_identity(file, {}, key);
  const Bytes bytes = cs::encode_key_file(file, key);
  seed("key_file", "whole", bytes);
  seed("key_file", "content", BytesView(bytes).substr(8, bytes.size() - 72));
  Bytes length(8, '\0');
  length[0] = static_cast<char>(bytes.size());
  length[1] = static_cast<char>(bytes.size() >> 8);
  const Bytes content = length + bytes + Bytes(100, 'd');
  seed("backup", "content", '\1' + content);
  seed("backup", "whole", '\0' + ("LXBACK01" + content) + Bytes(hash256("LXBACK01" + content).bytes()));

  const TempFolder folder;
  const Bytes journal_key(cs::kKeyBytes, 'j');
  const fs::path path = folder.path() / "journal.lx";
  auto journal = cs::Journal::open(path, journal_key);
  LX_CHECK(journal.ok(), "a temporary folder takes files");
  const cs::JournalEntry entry{{{7}, 1}, {}, change::encode_body(plain_body()), "values"};
  LX_CHECK(journal->append({entry}).ok() && journal->forget({{8}, 4, {}}).ok(), "entries are taken");
  const auto whole = read_file(path, 65536);
  LX_CHECK(whole.ok(), "a journal is a file");
  seed("journal", "whole", '\0' + *whole);
  const auto frame = cs::unseal(journal_key, BytesView(*whole).substr(8, 16), BytesView(*whole).substr(32));
  LX_CHECK(frame.ok(), "one frame");
  seed("journal", "frame", '\1' + *frame);
  const fs::path mark = folder.path() / "head.lx";
  LX_CHECK(cs::write_head_mark(mark, journal_key, {{{7}, 1, {}}, 0}).ok(), "a mark is a file");
  const auto marked = read_file(mark, 65536);
  LX_CHECK(marked.ok(), "a mark is a file");
  seed("journal", "mark", '\2' + *marked);
  const auto inside = cs::unseal(journal_key, "LXHEAD01", BytesView(*marked).substr(8));
  LX_CHECK(inside.ok(), "a mark of our own");
  seed("journal", "mark-content", '\3' + *inside);
}

void lists() {
  const Bytes divisions = of_tree("assets/divisions/divisions-220622.csv");
  seed("divisions", "county", BytesView(divisions).substr(0, 400));
  seed("divisions", "quoted", "code,name,level,parent\r\n220622,\"靖宇县\",county,\r\n");
  const Bytes catalogue = of_tree("assets/catalogue/base.tsv");
  const std::size_t rows = catalogue.find("\nversion");
  seed("catalogue", "base", BytesView(catalogue).substr(rows + 1, 4000));
  seed("extension", "file", of_tree("tests/data/extension.tsv"));
  seed("extension", "record",
       "member\t10001\town_ride\tcode\treview\tgeneral\t-\town:ride\t-\t安排接送车辆\t来镇方式\tRide\tbus|"
       "班车|Bus");
  seed("join_line", "plain", "https://10.1.2.3:8443/#ABCDE23456#sha256//abc=;sha256//def=");
}

void rosters() {
  seed("roster", "a.xlsx", of_tree("tests/data/roster-a.xlsx"));
  seed("roster", "text", "姓名,身份证号码,电话,村\n冯未传,,13900002222,三合村\n郑不识,,,三合村\n");
  seed("roster", "sheet",
       "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c><c r=\"B1\" "
       "t=\"inlineStr\"><is><t>电话</t></is></c></row><row r=\"2\"><c r=\"A2\" "
       "t=\"inlineStr\"><is><t>冯未传</t>"
       "</is></c><c r=\"B2\"><v>13900002222</v></c></row></sheetData><mergeCells><mergeCell "
       "ref=\"A3:B4\"/></mergeCells></worksheet>");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: lianxin-fuzz-seeds FOLDER\n", stderr);
    return 2;
  }
  top = argv[1];
  wire();
  json();
  parts();
  pictures();
  changes();
  files_of_a_store();
  lists();
  rosters();
  return 0;
}
