#include "shared/codec/compressed.hpp"

#include <memory>
#include <zstd.h>

#include "shared/base/check.hpp"

namespace lianxin::codec {
namespace {

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

Bytes compress(BytesView plain, int level) {
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  Bytes out(ZSTD_compressBound(plain.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(context.get(), out.data(), out.size(), plain.data(), plain.size(), level);
  LX_CHECK(ZSTD_isError(size) == 0, "zstd");
  out.resize(size);
  out.shrink_to_fit();  // it may wait long for a slow line
  return out;
}

Result<Bytes> decompress(BytesView packed, std::size_t expected) {
  // A frame that does not say its size, or says another one, is refused before anything is allocated.
  if (ZSTD_getFrameContentSize(packed.data(), packed.size()) != expected)
    return fail("codec.malformed", {}, "frame size");
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  Bytes out(expected, '\0');
  const std::size_t size =
      ZSTD_decompressDCtx(context.get(), out.data(), out.size(), packed.data(), packed.size());
  if (ZSTD_isError(size) != 0 || size != expected) return fail("codec.malformed", {}, "frame");
  return out;
}

}  // namespace lianxin::codec
