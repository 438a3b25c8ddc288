#include "client/import/xlsx_package.hpp"

#include <algorithm>
#include <expat.h>
#include <zip.h>

namespace lianxin::client::import {
namespace {

constexpr int kChunkBytes = 16 * 1024;
constexpr int kDepthMax = 64;

std::string_view local_name(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// What the expat callbacks share.
struct Feed {
  XmlListener* listener = nullptr;
  XML_Parser parser = nullptr;
  int depth = 0;

  void stop_when_told() const {
    if (listener->error()) XML_StopParser(parser, XML_FALSE);
  }
};

void start_element(void* user, const char* name, const char** attributes) {
  auto& feed = *static_cast<Feed*>(user);
  if (feed.listener->error()) return;
  if (++feed.depth > kDepthMax) feed.listener->stop(fail("import.damaged", {}, "xml nested too deep"));
  if (!feed.listener->error()) feed.listener->on_start(local_name(name), XmlAttributes(attributes));
  feed.stop_when_told();
}

void end_element(void* user, const char* name) {
  auto& feed = *static_cast<Feed*>(user);
  if (feed.listener->error()) return;
  --feed.depth;
  feed.listener->on_end(local_name(name));
  feed.stop_when_told();
}

void characters(void* user, const char* text, int length) {
  auto& feed = *static_cast<Feed*>(user);
  if (feed.listener->error()) return;
  feed.listener->on_text({text, static_cast<std::size_t>(length)});
  feed.stop_when_told();
}

void document_type(void* user, const char*, const char*, const char*, int) {
  auto& feed = *static_cast<Feed*>(user);
  feed.listener->stop(fail("import.damaged", {}, "document type declaration"));
  feed.stop_when_told();
}

using ParserPtr = std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)>;
using EntryPtr = std::unique_ptr<zip_file_t, decltype(&zip_fclose)>;

bool starts_with(BytesView bytes, std::string_view magic) { return bytes.substr(0, magic.size()) == magic; }

/// Old Office files and encrypted new ones share one container format; the latter names its stream
/// "EncryptedPackage".
Error office_container_error(BytesView bytes) {
  constexpr std::string_view kName = "EncryptedPackage";
  std::string wide;
  for (const char c : kName)
    wide.append({c, '\0'});
  return bytes.find(wide) != BytesView::npos ? fail("import.encrypted") : fail("import.old_xls");
}

Status check_magic(BytesView bytes) {
  if (starts_with(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return office_container_error(bytes);
  if (starts_with(bytes, "PK\x03\x04")) return {};
  return fail("import.not_roster");
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view wanted) const {
  for (const char** at = raw_; *at != nullptr; at += 2) {
    if (wanted == *at) return at[1];
  }
  return {};
}

std::string_view XmlAttributes::get_prefixed(std::string_view wanted) const {
  for (const char** at = raw_; *at != nullptr; at += 2) {
    const std::string_view name = *at;
    if (name.size() > wanted.size() && local_name(name) == wanted) return at[1];
  }
  return {};
}

bool XmlAttributes::is_true(std::string_view wanted) const {
  const std::string_view value = get(wanted);
  return value == "1" || value == "true";
}

struct XlsxPackage::State {
  Limits limits;
  std::uint64_t file_bytes = 0;
  std::uint64_t unpacked = 0;
  zip_t* archive = nullptr;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (archive != nullptr) zip_discard(archive);
  }

  /// Counts what came out of one part. The packed size is the file's own claim, so it is cut to the file's
  /// real size.
  [[nodiscard]] Status count(std::uint64_t part_bytes, std::uint64_t chunk, std::uint64_t packed) {
    unpacked += chunk;
    if (unpacked > limits.unpacked_bytes) return fail("import.too_large", {}, "unpacked bytes");
    const std::uint64_t allowed = std::max(limits.ratio_from, std::min(packed, file_bytes) * limits.ratio);
    if (part_bytes > allowed) return fail("import.too_large", {}, "compression ratio");
    return {};
  }
};

XlsxPackage::XlsxPackage(std::unique_ptr<State> state) : state_(std::move(state)) {}
XlsxPackage::XlsxPackage(XlsxPackage&& other) noexcept = default;
XlsxPackage& XlsxPackage::operator=(XlsxPackage&& other) noexcept = default;
XlsxPackage::~XlsxPackage() = default;

Result<XlsxPackage> XlsxPackage::open(BytesView bytes, const Limits& limits) {
  if (bytes.size() > limits.file_bytes) return fail("import.too_large", {}, "file bytes");
  LX_DO(check_magic(bytes));
  auto state = std::make_unique<State>();
  state->limits = limits;
  state->file_bytes = bytes.size();
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) {
    state->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (state->archive == nullptr) zip_source_free(source);
  }
  std::string detail = zip_error_strerror(&error);
  zip_error_fini(&error);
  if (state->archive == nullptr) return fail("import.damaged", {}, std::move(detail));
  return XlsxPackage(std::move(state));
}

bool XlsxPackage::has(const std::string& path) const {
  return zip_name_locate(state_->archive, path.c_str(), ZIP_FL_NOCASE) >= 0;
}

Status XlsxPackage::read(const std::string& path, XmlListener& listener) {
  const auto index = zip_name_locate(state_->archive, path.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return fail("import.damaged", {}, "part missing: " + path);
  zip_stat_t stat;
  if (zip_stat_index(state_->archive, static_cast<zip_uint64_t>(index), 0, &stat) != 0)
    return fail("import.damaged");
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
    return fail("import.encrypted");
  }
  const EntryPtr entry(zip_fopen_index(state_->archive, static_cast<zip_uint64_t>(index), 0), &zip_fclose);
  if (!entry) return fail("import.damaged", {}, zip_strerror(state_->archive));
  const ParserPtr parser(XML_ParserCreate(nullptr), &XML_ParserFree);
  LX_CHECK(parser != nullptr, "no memory for an XML parser");
  Feed feed{&listener, parser.get(), 0};
  XML_SetUserData(parser.get(), &feed);
  XML_SetElementHandler(parser.get(), start_element, end_element);
  XML_SetCharacterDataHandler(parser.get(), characters);
  XML_SetStartDoctypeDeclHandler(parser.get(), document_type);
  for (std::uint64_t part_bytes = 0;;) {
    void* buffer = XML_GetBuffer(parser.get(), kChunkBytes);
    LX_CHECK(buffer != nullptr, "no memory for an XML buffer");
    const auto got = zip_fread(entry.get(), buffer, kChunkBytes);
    if (got < 0) return fail("import.damaged", {}, zip_file_strerror(entry.get()));
    part_bytes += static_cast<std::uint64_t>(got);
    LX_DO(state_->count(part_bytes, static_cast<std::uint64_t>(got), stat.comp_size));
    const auto status = XML_ParseBuffer(parser.get(), static_cast<int>(got), got == 0 ? 1 : 0);
    if (listener.error()) return *listener.error();
    if (status != XML_STATUS_OK)
      return fail("import.damaged", {}, XML_ErrorString(XML_GetErrorCode(parser.get())));
    if (got == 0) return {};
  }
}

}  // namespace lianxin::client::import
