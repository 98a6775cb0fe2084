#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <algorithm>
#include <atomic>
#include <memory>

#include "border.h"

namespace {

// libtorch's allocators tell a profiler what they give and take back. Backward passes on other threads inherit the profiler of the thread that began them.
class Meter final : public c10::MemoryReportingInfoBase {
 public:
  void reportMemoryUsage(void*, int64_t bytes, int64_t, int64_t, c10::Device) override {
    const auto held = held_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
    auto peak = peak_.load(std::memory_order_relaxed);
    while (held > peak && !peak_.compare_exchange_weak(peak, held, std::memory_order_relaxed)) {
    }
  }
  bool memoryProfilingEnabled() const override { return true; }

  int64_t held() const { return held_.load(std::memory_order_relaxed); }
  int64_t peak() const { return peak_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> held_{0}, peak_{0};
};

constexpr auto profiler = c10::DebugInfoKind::PROFILER_STATE;

}  // namespace

extern "C" {

int32_t lmb_meter_begin(void) {
  return limbeck::guarded([] {
    TORCH_CHECK(c10::ThreadLocalDebugInfo::get(profiler) == nullptr, "this thread's memory is measured already");
    c10::ThreadLocalDebugInfo::_push(profiler, std::make_shared<Meter>());
  });
}

int32_t lmb_meter_read(int64_t* held, int64_t* peak) {
  return limbeck::guarded([&] {
    const auto* meter = dynamic_cast<Meter*>(c10::ThreadLocalDebugInfo::get(profiler));
    TORCH_CHECK(meter != nullptr, "this thread's memory is not measured");
    *held = meter->held();
    *peak = meter->peak();
  });
}

int32_t lmb_meter_end(void) {
  return limbeck::guarded([] { c10::ThreadLocalDebugInfo::_pop(profiler); });
}
}
