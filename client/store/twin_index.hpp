#pragma once
// By what two entries may be one: keys of members (ID number, name and birth, telephone, name and village)
// of deliveries (who got what about when, tracking number) and of visits (whom on which day). Feeds bring
// thousands, so a record is only noted when it changes (noted_records.hpp); keys are made in slices, when
// nobody waits. Internal to this folder.
//
// Found on the laptop that holds both records: a township's finds across its villages, a village's within its
// own; the server compares nobody. Of deliveries one material within 30 days by two people, or one tracking
// number.
#include <optional>
#include <string>
#include <vector>

#include "client/store/record_row.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/domain/likeness.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// A key that more subjects have (a village office's telephone) proposes nothing.
inline constexpr std::size_t kTwinSubjectsMax = 10;
/// Two deliveries of one thing to one person may be one when at most so many days lie between them.
inline constexpr std::int64_t kTwinDaysMax = 30;

/// First octet of a key, strongest first.
enum class TwinKey : char {
  kId = '1',
  kBirth = '2',
  kPhone = '3',
  kVillage = '4',
  kDelivery = '5',
  kVisit = '6',
  kTracking = '7'
};

/// A delivery as far as twins are concerned.
struct TwinDelivery {
  Id person;  ///< the record that stands for the member
  std::string on;
  Id resend_of;
  std::string carrier;
  std::string tracking_no;
  struct Line {
    std::string material;
    std::string version;
  };
  std::vector<Line> lines;
};

/// A visit as far as twins are concerned.
struct TwinVisit {
  std::vector<Id> people;  ///< the records that stand for the members, sorted
  std::string on;
  std::string began;  ///< "" = not said
  std::string ended;
};

class TwinIndex {
 public:
  TwinIndex(lianxin::store::Database& database, const domain::Catalogue& catalogue);
  /// Notes that a record's keys are to be made anew; what they were is gone at once.
  [[nodiscard]] Status touch(const sync::merge::RecordState& shown, bool was_known);
  [[nodiscard]] Status erase(const Id& record);
  /// Works off at most so many of the entries noted since. True = there are more.
  [[nodiscard]] Result<bool> refresh(std::size_t records);
  [[nodiscard]] Status clear();
  /// Another member whose ID number or own telephone is that of this record (a member or a contact point);
  /// nobody of whom it was said that he is not `member`. Reads on a little where there is something to read.
  [[nodiscard]] Result<std::optional<Id>> other_with_number(const Id& record, const Id& member);
  /// nullopt = not here, voided, or leaving.
  [[nodiscard]] Result<std::optional<domain::PersonFacts>> person(const Id& member);
  [[nodiscard]] Result<std::optional<TwinDelivery>> delivery(const Id& delivery);
  [[nodiscard]] Result<std::optional<TwinVisit>> visit(const Id& visit);
  /// Ids of records whose keys are not what they should be, for `verify`.
  [[nodiscard]] Result<std::vector<Id>> wrong();

 private:
  struct Keys {
    Id subject;
    std::vector<Bytes> keys;
  };
  [[nodiscard]] Status make(const Id& record);
  [[nodiscard]] Result<Keys> keys_of(const Id& record);
  [[nodiscard]] Result<Keys> phone_keys(const Id& record);
  [[nodiscard]] Status add_visit_keys(Keys& out);
  [[nodiscard]] Status read_on();
  [[nodiscard]] Result<std::optional<Id>> unread_with_number(const Id& record, const Id& member);

  lianxin::store::Database& database_;
  std::uint16_t member_ = 0;
  std::uint16_t contact_point_ = 0;
  std::uint16_t delivery_ = 0;
  std::uint16_t delivery_line_ = 0;
  std::uint16_t visit_ = 0;
  std::uint16_t visit_members_ = 0;  ///< number of the field
};

}  // namespace lianxin::client::store
