#pragma once
// How views say dates, numbers, codes and errors in the person's language. Immutable; shared by threads.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/view/part_view.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/date.hpp"
#include "shared/base/message.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/domain/check.hpp"

namespace lianxin::client::view {

class Wording {
 public:
  /// `language`: "zh-CN" or "en", that of `messages`.
  Wording(std::shared_ptr<const Messages> messages, std::string language)
      : messages_(std::move(messages)), language_(std::move(language)) {}

  [[nodiscard]] const Messages& messages() const { return *messages_; }
  [[nodiscard]] std::shared_ptr<const Messages> shared_messages() const { return messages_; }
  [[nodiscard]] const std::string& language() const { return language_; }
  /// "zh" or "en", as code lists name it.
  [[nodiscard]] std::string short_language() const { return language_ == "en" ? "en" : "zh"; }

  [[nodiscard]] std::string text(std::string_view key, const std::vector<ErrorArg>& args = {}) const {
    return messages_->get(key, args);
  }
  [[nodiscard]] std::string sentence(const Error& error) const { return messages_->sentence(error); }
  /// Name of a code; "" for "".
  [[nodiscard]] std::string code(std::string_view list, std::string_view code) const;
  /// Names of codes with ',' between, joined as the language joins words.
  [[nodiscard]] std::string codes(std::string_view list, std::string_view codes) const;
  [[nodiscard]] Choices choices(std::string_view list) const;
  /// What a field of the catalogue is called.
  [[nodiscard]] std::string label(std::string_view kind, std::string_view field,
                                  const domain::Catalogue& catalogue = domain::Catalogue::base()) const;
  /// "A、B" or "A, B"; empty parts are left out.
  [[nodiscard]] std::string enumerate(const std::vector<std::string>& parts) const;
  /// "A · B"; empty parts are left out.
  [[nodiscard]] static std::string dotted(const std::vector<std::string>& parts);

  /// "11月18日", with the year when it is not `today`'s. A text that is no date stays as it is; "" for "".
  [[nodiscard]] std::string day(std::string_view date, const Date& today) const;
  /// "1979年3月": as much as is known.
  [[nodiscard]] std::string partial_day(std::string_view date) const;
  /// "11月18日 17:32"; "" for 0.
  [[nodiscard]] std::string moment(WallMs instant, const Date& today) const;
  /// "10:24:31" in the county.
  [[nodiscard]] static std::string clock_time(WallMs instant);
  /// "周一".
  [[nodiscard]] std::string weekday(const Date& day) const;
  /// "3.2 KB".
  [[nodiscard]] static std::string size(std::uint64_t bytes);
  /// "1,284".
  [[nodiscard]] static std::string number(std::uint64_t count);

 private:
  std::shared_ptr<const Messages> messages_;
  std::string language_;
};

}  // namespace lianxin::client::view
