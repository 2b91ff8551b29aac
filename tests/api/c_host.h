/* Hosts in C, and in C++ without exceptions, as the tests of the faces call them. */
#ifndef DULY_TESTS_C_HOST_H
#define DULY_TESTS_C_HOST_H

#ifdef __cplusplus
extern "C" {
#endif

/* Compile the policy, decide a case, explain it, release all. NULL where all went well, else what did not. */
const char* c_host(const char* policy);
const char* host_without_exceptions(const char* policy);

#ifdef __cplusplus
}
#endif

#endif
