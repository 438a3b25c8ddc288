// The only file with libturbojpeg.
#include "client/picture/picture.hpp"

#include <algorithm>
#include <memory>
#include <turbojpeg.h>

#include "client/picture/exif.hpp"

namespace lianxin::client::picture {
namespace {

constexpr int kBestQuality = 85;
constexpr int kWorstQuality = 35;
constexpr int kQualityStep = 10;
// A progressive picture of a few bytes can ask for thousands of passes; a damaged one is not half a picture.
constexpr int kDecodeFlags = TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING | TJFLAG_ACCURATEDCT;

struct CloseHandle {
  void operator()(void* handle) const { tjDestroy(handle); }
};
struct FreeBuffer {
  void operator()(unsigned char* buffer) const { tjFree(buffer); }
};
using Handle = std::unique_ptr<void, CloseHandle>;

const unsigned char* octets_of(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

struct Picture {
  int width = 0;
  int height = 0;
  int channels = 3;
  Bytes pixels;
  [[nodiscard]] std::size_t place(int x, int y) const {
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) *
           static_cast<std::size_t>(channels);
  }
};

Picture blank(int width, int height, int channels) {
  Picture made{width, height, channels, {}};
  made.pixels.resize(made.place(0, height));
  return made;
}

/// The smallest decoding whose longest side is still `wanted`, or as it is when smaller.
tjscalingfactor scale_for(int longest, int wanted) {
  int count = 0;
  const tjscalingfactor* factors = tjGetScalingFactors(&count);
  tjscalingfactor best{1, 1};
  for (int i = 0; i < count; ++i) {
    const tjscalingfactor one = factors[i];
    const bool is_enough = TJSCALED(longest, one) >= wanted;
    const bool is_smaller = one.num * best.denom < best.num * one.denom;
    if (is_enough && is_smaller) best = one;
  }
  return best;
}

/// `wanted` = longest side that is needed; 0 = all of it.
Result<Picture> decode(BytesView jpeg, int wanted, int format) {
  if (jpeg.size() > kFileBytesMax) return fail("photo.file_too_large");
  if (!jpeg.starts_with("\xFF\xD8\xFF")) return fail("photo.not_jpeg");
  const Handle handle(tjInitDecompress());
  if (!handle) return fail("photo.damaged", {}, tjGetErrorStr2(nullptr));
  int width = 0;
  int height = 0;
  int sampling = 0;
  int colours = 0;
  if (tjDecompressHeader3(handle.get(), octets_of(jpeg), jpeg.size(), &width, &height, &sampling, &colours) !=
          0 ||
      width <= 0 || height <= 0)
    return fail("photo.damaged", {}, tjGetErrorStr2(handle.get()));
  if (static_cast<std::size_t>(width) * static_cast<std::size_t>(height) > kPixelsMax)
    return fail("photo.too_many_pixels");
  const tjscalingfactor scale =
      wanted > 0 ? scale_for(std::max(width, height), wanted) : tjscalingfactor{1, 1};
  Picture out = blank(TJSCALED(width, scale), TJSCALED(height, scale), tjPixelSize[format]);
  if (tjDecompress2(handle.get(), octets_of(jpeg), jpeg.size(),
                    reinterpret_cast<unsigned char*>(out.pixels.data()), out.width, 0, out.height, format,
                    kDecodeFlags) != 0)
    return fail("photo.damaged", {}, tjGetErrorStr2(handle.get()));
  return out;
}

/// As it was seen, whatever way the camera was held.
Picture upright(Picture from, int orientation) {
  if (orientation <= 1) return from;
  const bool turns = orientation >= 5;
  const bool mirrors_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool mirrors_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Picture to =
      turns ? blank(from.height, from.width, from.channels) : blank(from.width, from.height, from.channels);
  const auto channels = static_cast<std::size_t>(from.channels);
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x) {
      int u = turns ? y : x;
      int v = turns ? x : y;
      if (mirrors_x) u = from.width - 1 - u;
      if (mirrors_y) v = from.height - 1 - v;
      std::copy_n(from.pixels.data() + from.place(u, v), channels, to.pixels.data() + to.place(x, y));
    }
  }
  return to;
}

/// Each pixel is the mean of those it stands for.
Picture shrunk(const Picture& from, int longest) {
  const int side = std::max(from.width, from.height);
  if (side <= longest) return from;
  const auto scaled = [&](int length) {
    return std::max(1, static_cast<int>(static_cast<std::int64_t>(length) * longest / side));
  };
  Picture to = blank(scaled(from.width), scaled(from.height), from.channels);
  for (int y = 0; y < to.height; ++y) {
    const int top = static_cast<int>(static_cast<std::int64_t>(y) * from.height / to.height);
    const int bottom = static_cast<int>((static_cast<std::int64_t>(y) + 1) * from.height / to.height);
    for (int x = 0; x < to.width; ++x) {
      const int left = static_cast<int>(static_cast<std::int64_t>(x) * from.width / to.width);
      const int right = static_cast<int>((static_cast<std::int64_t>(x) + 1) * from.width / to.width);
      const auto count = static_cast<unsigned>((bottom - top) * (right - left));
      for (int c = 0; c < from.channels; ++c) {
        unsigned sum = 0;
        for (int v = top; v < bottom; ++v) {
          for (int u = left; u < right; ++u)
            sum += static_cast<unsigned char>(from.pixels[from.place(u, v) + static_cast<std::size_t>(c)]);
        }
        to.pixels[to.place(x, y) + static_cast<std::size_t>(c)] =
            static_cast<char>((sum + count / 2) / count);
      }
    }
  }
  return to;
}

Result<Bytes> encode(const Picture& picture, int quality) {
  const Handle handle(tjInitCompress());
  unsigned char* raw = nullptr;
  unsigned long size = 0;
  const int failed =
      handle ? tjCompress2(handle.get(), reinterpret_cast<const unsigned char*>(picture.pixels.data()),
                           picture.width, 0, picture.height, TJPF_RGB, &raw, &size, TJSAMP_420, quality,
                           TJFLAG_ACCURATEDCT)
             : -1;
  const std::unique_ptr<unsigned char, FreeBuffer> buffer(raw);
  if (failed != 0) return fail("photo.damaged", {}, tjGetErrorStr2(handle.get()));
  return Bytes(reinterpret_cast<const char*>(buffer.get()), size);
}

/// As good as fits `bytes_max`: first coarser, then smaller.
Result<Bytes> encode_within(Picture& picture, std::size_t bytes_max) {
  for (;;) {
    for (int quality = kBestQuality; quality >= kWorstQuality; quality -= kQualityStep) {
      LX_TRY(Bytes jpeg, encode(picture, quality));
      if (jpeg.size() <= bytes_max) return jpeg;
    }
    picture = shrunk(picture, std::max(picture.width, picture.height) * 3 / 4);
  }
}

}  // namespace

Result<TakenIn> take_in(BytesView file) {
  LX_TRY(Picture decoded, decode(file, kLongestSide, TJPF_RGB));
  Picture picture = upright(shrunk(decoded, kLongestSide), orientation_of(file));
  TakenIn out;
  LX_TRY(out.jpeg, encode_within(picture, kBytesMax));
  out.width = picture.width;
  out.height = picture.height;
  Picture small = shrunk(picture, kThumbSide);
  LX_TRY(out.thumbnail, encode_within(small, kThumbBytesMax));
  return out;
}

Result<Pixels> pixels_of(BytesView jpeg) {
  LX_TRY(Picture decoded, decode(jpeg, 0, TJPF_RGBA));
  return Pixels{decoded.width, decoded.height, std::move(decoded.pixels)};
}

}  // namespace lianxin::client::picture
