#pragma once
// Photos in the member file: rows with their thumbnails decoded. Store thread.
#include "client/store/laptop_store.hpp"
#include "client/view/photo_view.hpp"
#include "client/view/wording.hpp"

namespace lianxin::client::app {

inline constexpr std::size_t kPhotosShownMax = 24;

/// Of the member and of visits, deliveries, questions and consultations of theirs.
[[nodiscard]] Result<view::PhotosView> build_photos(store::LaptopStore& store, const view::Wording& wording,
                                                    const Id& member);

}  // namespace lianxin::client::app
