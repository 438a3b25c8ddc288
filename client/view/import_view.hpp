#pragma once
// A roster before anything is written: what was understood, what is doubtful and why.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/folder_view.hpp"
#include "client/view/part_view.hpp"

namespace lianxin::client::view {

enum class ImportStage : std::uint8_t { kChoose, kReading, kPreview, kApplying, kDone, kFailed };

enum class RowVerdict : std::uint8_t { kAccepted, kMerged, kDuplicate, kQuarantined, kSkipped };

struct ImportRow {
  std::string row;    ///< opaque, given back ("党员名册!14")
  std::string where;  ///< "第 14 行", of its sheet
  std::string name;
  std::string village;
  std::string id_masked;
  std::string phone_masked;
  RowVerdict verdict = RowVerdict::kAccepted;
  Words reason;                            ///< quarantined, duplicate, skipped: why, in words
  bool can_accept_without_number = false;  ///< "accept without the number"
  bool accepted_by_hand = false;
};

struct ImportColumn {
  std::string key;       ///< opaque, given back in MapColumn
  std::string heading;   ///< of the sheet; "B 列" where nothing heads it
  std::string sample;    ///< what the first person has there; numbers masked
  std::string target;    ///< code out of ImportView::targets; empty = left out
  std::string field;     ///< label of the catalogue's field; empty = left out
  bool by_hand = false;  ///< a person said so
};

/// Rows of the sheet that are nobody: titles, totals, notes.
struct ImportSkipped {
  std::string where;
  std::string why;
  std::string text;  ///< its beginning
};

struct ImportSheet {
  std::string name;
  std::string header_rows;  ///< "第 3-4 行"
  std::vector<ImportColumn> columns;
  std::uint32_t accepted = 0;
  std::uint32_t merged = 0;
  std::uint32_t duplicates = 0;
  std::uint32_t quarantined = 0;
  std::uint32_t skipped = 0;
  std::string no_roster;        ///< why this sheet holds none; empty = it does
  std::vector<ImportRow> rows;  ///< at most 5,000
  std::vector<ImportSkipped> passed_over;
};

struct PastBatch {
  std::string batch;  ///< opaque, given back in ImportUndo
  std::string file;
  std::string when;
  std::string counts;
  bool can_undo = false;
  std::string undone;  ///< when; empty = not
};

struct ImportView {
  ImportStage stage = ImportStage::kChoose;
  FolderView folder;
  std::string file;  ///< name of the file in preview
  float progress = 0;
  std::string summary;  ///< "认出 118 人：新增 96，并入 14，重复 4，待处理 4"
  std::vector<ImportSheet> sheets;
  Choices targets;                  ///< what a column may hold
  Choices villages;                 ///< to choose from for rows that name none; empty = no such row
  std::string village;              ///< chosen
  std::uint32_t hidden_sheets = 0;  ///< of the file
  bool reads_hidden = false;
  std::uint32_t rejected = 0;    ///< rows that will not be taken
  std::string preview_token;     ///< given back in ImportApply, so that what was seen is what is written
  std::uint32_t will_write = 0;  ///< rows that bring values
  std::uint32_t will_note = 0;   ///< rows whose outcome alone is kept
  std::vector<PastBatch> past;
  std::string problem;
};

}  // namespace lianxin::client::view
