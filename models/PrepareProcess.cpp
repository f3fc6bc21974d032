// SPDX-License-Identifier: Apache-2.0
#include "models/ComputeDevice.h"

#include <array>
#include <cstdlib>
#include <limits.h>
#include <malloc.h>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace emend {

namespace {

/// Feature maps come and go by the second, tens of megabytes each. By default glibc fetches each
/// from the kernel and gives it back, and the page faults cost more than the convolutions.
void keepFreedMemory()
{
    constexpr int topPadBytes = 64 << 20;
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    mallopt(M_TOP_PAD, topPadBytes);
    mallopt(M_ARENA_MAX, 1); // other arenas consist of heaps that are always given back
}

constexpr std::string_view waitPolicy = "OMP_WAIT_POLICY=";
constexpr std::string_view turnsBeforeSleep = "GOMP_SPINCOUNT=";

bool isSet(char* const* environment, std::string_view name)
{
    for (; *environment != nullptr; ++environment)
        if (std::string_view(*environment).starts_with(name))
            return true;
    return false;
}

/// Waiting threads soon sleep, else they take the cores from the window and from other programs;
/// but not at once, for between two layers it takes longer to be woken than to wait: about half a
/// millisecond. OpenMP reads this when it is loaded: only a fresh start sees it. The second time
/// the variable is there, whoever set it, so this never loops.
void startAgainWithThreadsThatSleep(int argc, char** argv, char** environment)
{
    std::array<char, PATH_MAX> program = {};
    if (argc < 1 || isSet(environment, waitPolicy) ||
        readlink("/proc/self/exe", program.data(), program.size() - 1) <= 0)
        return;
    std::array<char, 32> policy = {"OMP_WAIT_POLICY=PASSIVE"};
    std::array<char, 32> turns = {"GOMP_SPINCOUNT=20000"};
    std::vector<char*> wanted{policy.data()};
    if (!isSet(environment, turnsBeforeSleep))
        wanted.push_back(turns.data());
    for (char** variable = environment; *variable != nullptr; ++variable)
        wanted.push_back(*variable);
    wanted.push_back(nullptr);
    execve(program.data(), argv, wanted.data()); // returns only where it failed: slower, but well
}

/// Called before any library sets itself up, which takes LibTorch a quarter of a second each time.
[[gnu::used, gnu::section(".preinit_array")]] auto* firstOfAll = &startAgainWithThreadsThatSleep;

} // namespace

void prepareProcessForCompute()
{
    keepFreedMemory();

    // With a workspace of its own for each stream cuBLAS can be asked to add always in the same
    // order (Reproducible). It reads this when CUDA starts; it costs 32 MB of a card's memory.
    setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);
}

} // namespace emend
