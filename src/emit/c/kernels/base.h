#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef ptrdiff_t rn_i;

#if defined(__GNUC__)
#define RN_FN static inline __attribute__((unused))
#define RN_INLINE static inline __attribute__((unused, always_inline))
#define RN_OUT static __attribute__((unused, noinline))
#define RN_LET const __attribute__((unused))
#else
#define RN_FN static inline
#define RN_INLINE static inline
#define RN_OUT static
#define RN_LET const
#endif

/* Constants of loops, which need not be used. */
#define RN_F RN_LET rn_f
#define RN_I RN_LET rn_i
#define RN_V RN_LET rn_v

/* What every block takes: the arena, the sizes, where buffers begin, and tables of lengths. */
#define RN_ARGS rn_f *M, const rn_i *d, const rn_i *o, const int32_t *const *L
#define RN_USED (void)M, (void)d, (void)o, (void)L

/*
 * The end of a function that writes to the arena. GCC (12.2 among them) takes one whose only stores are whole vectors in a
 * loop of one turn for a function without effects, and drops its calls.
 */
#if defined(__GNUC__)
#define RN_WRITES __asm__ volatile("" ::: "memory")
#else
#define RN_WRITES ((void)0)
#endif

#if defined(__clang__)
#define RN_UNROLL _Pragma("clang loop unroll(full)")
#elif defined(__GNUC__)
#define RN_UNROLL _Pragma("GCC unroll 8")
#else
#define RN_UNROLL
#endif

#if defined(_WIN32)
#define RN_EXPORT __declspec(dllexport)
#elif defined(__GNUC__)
#define RN_EXPORT __attribute__((visibility("default")))
#else
#define RN_EXPORT
#endif
#ifdef __cplusplus
#define RN_LINKAGE extern "C"
#else
#define RN_LINKAGE
#endif

/* Vectors are as wide as the compiler's flags allow; RNNC_PLAIN, or a compiler without them, takes single numbers. */
#if defined(__GNUC__) && !defined(RNNC_PLAIN)
#if defined(__AVX512F__)
#define RN_WIDTH 64
#elif defined(__AVX__)
#define RN_WIDTH 32
#elif defined(__SSE2__) || defined(__ARM_NEON)
#define RN_WIDTH 16
#endif
#endif
