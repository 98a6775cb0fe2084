/* The C ABI of Limbeck over libtorch: one generic door to every operator, and the few things that are no operator.
 *
 * Only int32_t, int64_t, double, void* and const char* cross this border. Every function that can fail returns 0 or an
 * error code, and leaves its message in lmb_error() of the calling thread. A tensor handle owns one reference. */
#ifndef LIMBECK_H
#define LIMBECK_H

#include <stdint.h>

#define LMB_API __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/* Raised with every change of this file that an older caller would not survive. */
#define LMB_ABI 3

/* What an lmb_value holds. Lists borrow the caller's memory in arguments, and are lmb_free'd by the caller in results. */
enum lmb_tag {
  LMB_NONE = 0,
  LMB_TENSOR = 1,    /* p: tensor handle, borrowed in arguments, owned in results */
  LMB_INT = 2,       /* i */
  LMB_DOUBLE = 3,    /* d */
  LMB_BOOL = 4,      /* i: 0 or 1 */
  LMB_INTS = 5,      /* p: int64_t[count] */
  LMB_DOUBLES = 6,   /* p: double[count] */
  LMB_BOOLS = 7,     /* p: int64_t[count] of 0 and 1 */
  LMB_TENSORS = 8,   /* p: tensor handle[count]; a null handle is None where the operator takes optional tensors */
  LMB_STRING = 9,    /* p: UTF-8 bytes[count], no terminator needed */
  LMB_DTYPE = 10,    /* i: c10::ScalarType */
  LMB_DEVICE = 11,   /* i: c10::DeviceType in the low 32 bits, index in the high 32 */
  LMB_GENERATOR = 12 /* p: generator handle */
};

/* 16 bytes: the tag at 0, the count at 4, the content at 8. */
typedef struct lmb_value {
  int32_t tag;
  int32_t count;
  union {
    int64_t i;
    double d;
    void* p;
  };
} lmb_value;

/* --- process ----------------------------------------------------------------------------------------------------- */
LMB_API int32_t lmb_abi_version(void);
LMB_API int32_t lmb_value_size(void);
LMB_API const char* lmb_libtorch_version(void);
LMB_API const char* lmb_error(void);
LMB_API void lmb_free(void* memory);
LMB_API int32_t lmb_threads(void);
LMB_API int32_t lmb_set_threads(int32_t count);
LMB_API int32_t lmb_cuda_devices(void);
LMB_API int64_t lmb_live_tensors(void);
LMB_API int32_t lmb_set_flush_denormal(int32_t on);
/* From now on operators called on this thread run on it alone, whatever lmb_set_threads says of the others. */
LMB_API int32_t lmb_use_one_thread(void);
/* Gives freed memory, which is kept for the next tensors otherwise, back to the system. Does nothing where the C library cannot. */
LMB_API int32_t lmb_release_memory(void);

/* --- memory ------------------------------------------------------------------------------------------------------ */
/* Between begin and end, both on one thread: bytes of tensors that this thread, and backward passes that it began, hold of what they allocated since, and the most that they held at once. */
LMB_API int32_t lmb_meter_begin(void);
LMB_API int32_t lmb_meter_read(int64_t* held, int64_t* peak);
LMB_API int32_t lmb_meter_end(void);

/* --- operators --------------------------------------------------------------------------------------------------- */
LMB_API int32_t lmb_operator_find(const char* name, const char* overload, void** op);
LMB_API const char* lmb_operator_schema(void* op);
/* Missing trailing arguments take the schema's defaults. results has room for capacity values; *count says how many
 * came, also after a failure: they are the caller's to release. */
LMB_API int32_t lmb_operator_call(void* op, const lmb_value* args, int32_t arg_count, lmb_value* results, int32_t capacity, int32_t* count);

/* --- tensors ----------------------------------------------------------------------------------------------------- */
LMB_API void lmb_tensor_release(void* tensor);
/* info: dtype, device (as LMB_DEVICE), requires_grad, is_leaf, dimensions, elements, then up to room - 6 sizes. */
LMB_API int32_t lmb_tensor_info(void* tensor, int64_t* info, int32_t room);
LMB_API int32_t lmb_tensor_from_bytes(const void* bytes, int64_t length, int32_t dtype, const int64_t* sizes, int32_t dims, void** tensor);
/* The memory of a contiguous CPU tensor, and its length in bytes; valid while the tensor lives. */
LMB_API int32_t lmb_tensor_memory(void* tensor, void** memory, int64_t* length);
LMB_API int32_t lmb_tensor_to_bytes(void* tensor, void* bytes, int64_t length);

/* --- autograd ---------------------------------------------------------------------------------------------------- */
LMB_API int32_t lmb_grad_mode(void);
LMB_API void lmb_set_grad_mode(int32_t on);
LMB_API int32_t lmb_set_requires_grad(void* tensor, int32_t on);
LMB_API int32_t lmb_tensor_grad(void* tensor, void** grad);
LMB_API int32_t lmb_tensor_drop_grad(void* tensor);
LMB_API int32_t lmb_backward(void* const* outputs, int32_t output_count, void* const* grad_outputs, int32_t retain_graph, int32_t create_graph);
/* grad_outputs may be null, or hold nulls for scalar outputs. A null in grads is an unused input (only with allow_unused). */
LMB_API int32_t lmb_grad(void* const* outputs, int32_t output_count, void* const* inputs, int32_t input_count, void* const* grad_outputs,
                         int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** grads);

/* --- generators -------------------------------------------------------------------------------------------------- */
LMB_API int32_t lmb_generator_new(int64_t device, int64_t seed, void** generator);
LMB_API void lmb_generator_release(void* generator);
LMB_API int32_t lmb_generator_state(void* generator, void** tensor);
LMB_API int32_t lmb_generator_set_state(void* generator, void* tensor);

/* --- collectives (Gloo, over a TCP store on the master's address) ------------------------------------------------- */
LMB_API int32_t lmb_group_new(const char* host, int32_t port, int32_t rank, int32_t world, int64_t timeout_ms, void** group);
LMB_API void lmb_group_release(void* group);
/* op: 0 sum, 1 product, 2 minimum, 3 maximum. In place. */
LMB_API int32_t lmb_group_all_reduce(void* group, void* tensor, int32_t op);
LMB_API int32_t lmb_group_broadcast(void* group, void* tensor, int32_t root);
LMB_API int32_t lmb_group_barrier(void* group);

#ifdef __cplusplus
}
#endif
#endif
