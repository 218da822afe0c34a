/** Words that name nothing in C11 or C++23, and what headers of C and of systems define as macros without arguments. */
const words = `
alignas alignof and and_eq asm atomic_cancel atomic_commit atomic_noexcept auto bitand bitor bool break case catch char
char8_t char16_t char32_t class compl concept const consteval constexpr constinit const_cast continue contract_assert
co_await co_return co_yield decltype default delete do double dynamic_cast else enum explicit export extern false final
float for friend goto if import inline int int8_t int16_t int32_t int64_t long module mutable namespace near new noexcept
not not_eq nullptr operator or or_eq override private protected ptrdiff_t public reflexpr register reinterpret_cast
requires restrict return short signed size_t sizeof static static_assert static_cast struct switch synchronized template
this thread_local throw true try typedef typeid typename typeof typeof_unqual uint8_t uint16_t uint32_t uint64_t union
unsigned using virtual void volatile wchar_t while xor xor_eq
complex errno far huge i386 imaginary interface linux noreturn pascal small stderr stdin stdout unix
BUFSIZ CHAR_BIT EOF FALSE HUGE_VAL HUGE_VALF I IN INFINITY INT_MAX INT_MIN M_E M_PI NAN NULL OUT RAND_MAX SEEK_CUR SEEK_END
SEEK_SET SIZE_MAX TRUE UINT_MAX`;

/** What no name of a user's stands as in C or C++: `int`, `class`, `NULL`, `I`. */
export const reservedInC: ReadonlySet<string> = new Set(words.trim().split(/\s+/));
