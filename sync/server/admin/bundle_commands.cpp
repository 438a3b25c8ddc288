#include "sync/server/admin/bundle_commands.hpp"

#include <algorithm>

#include "sync/server/service/bundles.hpp"
#include "sync/server/service/names.hpp"
#include "sync/wire/bundle_json.hpp"

namespace lianxin::sync::server::admin {
namespace {

std::string_view word_of(wire::ExchangeAnswer::Verdict verdict) {
  using Verdict = wire::ExchangeAnswer::Verdict;
  switch (verdict) {
    case Verdict::kTaken:
      return "taken";
    case Verdict::kExpected:
      return "expected";
    case Verdict::kFork:
      return "fork";
    case Verdict::kBehind:
      return "behind";
    case Verdict::kRevoked:
      return "revoked";
  }
  return "taken";
}

Json json_of(const wire::BundleHeader& header) {
  return wire::header_json<Json>(header, moment_text(header.made_ms));
}

void say_header(const Context& context, const wire::BundleHeader& header) {
  context.out.say("bundle.kind." + std::string(word_of(header.kind)));
  context.out.say("bundle.made", {{"when", moment_text(header.made_ms)}});
  context.out.say("bundle.holds",
                  {{"changes", std::to_string(header.changes)}, {"entries", std::to_string(header.entries)}});
  if (header.more) context.out.say("bundle.more");
}

/// Whose laptop wrote it: an office with ten sticks knows its people, not their devices' numbers.
Result<std::string> find_sender(const Context& context, const wire::BundleHeader& header) {
  LX_TRY(const OpenCounty county, open_county(context));
  LX_TRY(const auto devices, county.office.devices());
  const auto device = std::find_if(devices.begin(), devices.end(),
                                   [&](const store::DeviceRow& one) { return one.id == header.from_device; });
  if (device == devices.end()) return std::string();
  LX_TRY(const auto reader, county.store->read());
  return worker_name(*reader, domain::Catalogue::base(), device->worker);
}

/// "" = the county itself, a stranger, or there is no county here to ask: a header can be read anywhere.
std::string sender_name(const Context& context, const wire::BundleHeader& header) {
  const auto name = find_sender(context, header);
  return name.ok() ? *name : std::string();
}

Result<Bytes> read_bundle(const std::string& file) {
  return read_file(file, wire::kBundleBytesMax + 1);  // one more, so that the decoder says what is too large
}

}  // namespace

Result<int> bundle_import(const Context& context) {
  LX_TRY(const auto store, context.folder().open_store());
  LX_TRY(Bundles bundles, Bundles::open(*store, domain::Catalogue::base(), context.clock));
  LX_TRY(const Bytes file, read_bundle(context.options.file));
  LX_TRY(const BundleTaken taken, bundles.import(file, !context.options.answer.empty()));
  Json answer = {{"bundle", json_of(taken.header)},    {"verdict", word_of(taken.verdict)},
                 {"acknowledged", taken.acknowledged}, {"early", taken.early},
                 {"quarantined", taken.quarantined},   {"others", taken.others_segments},
                 {"enrolled", taken.enrolled}};
  if (!taken.answer.empty()) {
    LX_DO(replace_file(context.options.answer, taken.answer));
    answer["answer"] = context.options.answer;
  }
  const std::string name = sender_name(context, taken.header);
  answer["worker_name"] = name;
  context.out.value(answer);
  say_header(context, taken.header);
  if (!name.empty()) context.out.say("bundle.from", {{"who", name}});
  context.out.say(taken.acknowledged > 0 ? "bundle.taken" : "bundle.taken_none",
                  {{"counter", std::to_string(taken.acknowledged)}});
  if (taken.early > 0) context.out.say("bundle.taken_early", {{"count", std::to_string(taken.early)}});
  if (taken.quarantined > 0)
    context.out.say("bundle.taken_aside", {{"count", std::to_string(taken.quarantined)}});
  if (taken.enrolled) context.out.say("bundle.enrolled");
  if (!taken.answer.empty()) context.out.say("bundle.answer", {{"file", context.options.answer}});
  return 0;
}

Result<int> bundle_export(const Context& context) {
  LX_TRY(const auto store, context.folder().open_store());
  LX_TRY(Bundles bundles, Bundles::open(*store, domain::Catalogue::base(), context.clock));
  LX_TRY(const Id device, typed_id(context.options.id));
  const auto made = bundles.export_for(device);
  if (!made.ok()) return about(made.error(), context.options.id);
  LX_DO(replace_file(context.options.file, *made));
  LX_TRY(const wire::Bundle bundle, wire::decode_bundle(*made));
  Json answer = json_of(bundle.header);
  answer["file"] = context.options.file;
  answer["bytes"] = made->size();
  context.out.value(answer);
  say_header(context, bundle.header);
  context.out.say("bundle.written", {{"file", context.options.file}});
  return 0;
}

Result<int> bundle_inspect(const Context& context) {
  LX_TRY(const Bytes file, read_bundle(context.options.file));
  LX_TRY(const wire::Bundle bundle, wire::decode_bundle(file));
  const std::string name = sender_name(context, bundle.header);
  Json answer = json_of(bundle.header);
  answer["worker_name"] = name;
  context.out.value(answer);
  say_header(context, bundle.header);
  if (!name.empty()) context.out.say("bundle.from", {{"who", name}});
  return 0;
}

}  // namespace lianxin::sync::server::admin
