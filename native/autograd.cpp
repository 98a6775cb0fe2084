#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <vector>

#include "border.h"

namespace {

std::vector<at::Tensor> borrowed(void* const* handles, int32_t count) {
  std::vector<at::Tensor> list;
  if (handles == nullptr) return list;
  list.reserve(count);
  for (int32_t i = 0; i < count; i++) list.push_back(limbeck::borrow(handles[i]));
  return list;
}

// Some derivatives that are 0 everywhere (the second one of abs) come as tensors without memory, which nothing could read or change in place.
at::Tensor with_memory(at::Tensor gradient) {
  if (!gradient.defined() || !gradient._is_zerotensor()) return gradient;
  return gradient.add(gradient.new_zeros(gradient.sizes()));
}

}  // namespace

extern "C" {

int32_t lmb_grad_mode(void) { return at::GradMode::is_enabled(); }
void lmb_set_grad_mode(int32_t on) { at::GradMode::set_enabled(on != 0); }

int32_t lmb_set_requires_grad(void* tensor, int32_t on) {
  return limbeck::guarded([&] { limbeck::borrow(tensor).set_requires_grad(on != 0); });
}

int32_t lmb_tensor_grad(void* tensor, void** grad) {
  return limbeck::guarded([&] { *grad = limbeck::give(with_memory(limbeck::borrow(tensor).grad())); });
}

int32_t lmb_tensor_drop_grad(void* tensor) {
  return limbeck::guarded([&] { limbeck::borrow(tensor).mutable_grad() = at::Tensor(); });
}

int32_t lmb_backward(void* const* outputs, int32_t output_count, void* const* grad_outputs, int32_t retain_graph, int32_t create_graph) {
  return limbeck::guarded([&] {
    torch::autograd::backward(borrowed(outputs, output_count), borrowed(grad_outputs, output_count), retain_graph != 0, create_graph != 0);
  });
}

int32_t lmb_grad(void* const* outputs, int32_t output_count, void* const* inputs, int32_t input_count, void* const* grad_outputs,
                 int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** grads) {
  return limbeck::guarded([&] {
    auto found = torch::autograd::grad(borrowed(outputs, output_count), borrowed(inputs, input_count), borrowed(grad_outputs, output_count),
                                       retain_graph != 0, create_graph != 0, allow_unused != 0);
    for (int32_t i = 0; i < input_count; i++) grads[i] = limbeck::give(with_memory(std::move(found[i])));
  });
}
}
