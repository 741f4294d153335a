/* Promises the compiler an alignment that the caller does not keep. */
#include <emmintrin.h>

float gain(const float* samples)
{
    const __m128 four = _mm_mul_ps(_mm_load_ps(samples), _mm_set1_ps(0.5F));
    return _mm_cvtss_f32(four);
}
