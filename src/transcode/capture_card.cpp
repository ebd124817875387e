#include "transcode/capture_card.h"

#include "base/file.h"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

namespace leedswatch::transcode {
namespace {

/// A descriptor of a device; base::File is for files, and would wait for a device that is in use.
class Device {
public:
    explicit Device(const std::string& path) : m_descriptor{::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)} {}
    ~Device() {
        if (isOpen()) {
            ::close(m_descriptor);
        }
    }
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    template <typename Answer>
    [[nodiscard]] bool ask(unsigned long question, Answer& answer) const {
        int result = 0;
        do {
            result = ::ioctl(m_descriptor, question, &answer);
        } while (result < 0 && errno == EINTR);
        return result == 0;
    }

private:
    int m_descriptor;
};

std::optional<Standard> standardOf(std::uint64_t set) {
    const bool is50 = (set & V4L2_STD_625_50) != 0;
    const bool is60 = (set & V4L2_STD_525_60) != 0;
    if (is50 == is60) {
        return std::nullopt;  // none, or all: it could not tell
    }
    return is50 ? Standard::Pal : Standard::Ntsc;
}

}  // namespace

std::string_view nameOf(Standard standard) {
    switch (standard) {
        case Standard::Pal: return "PAL";
        case Standard::Ntsc: return "NTSC";
    }
    return "";
}

CaptureInput captureInputOf(std::string name, std::uint32_t status, std::uint64_t standards, std::uint64_t detected) {
    CaptureInput input;
    input.name = std::move(name);
    input.isAnalogue = standards != 0;
    input.hasSignal = (status & (V4L2_IN_ST_NO_SIGNAL | V4L2_IN_ST_NO_POWER)) == 0;
    input.isLocked = (status & (V4L2_IN_ST_NO_H_LOCK | V4L2_IN_ST_NO_V_LOCK | V4L2_IN_ST_NO_SYNC)) == 0;
    input.detected = standardOf(detected);
    return input;
}

base::Result<CaptureInput> V4l2CaptureCard::look(const std::string& path, int input) const {
    const Device device{path};
    if (!device.isOpen()) {
        return base::fail(base::ErrorCode::NotFound, base::errorFromErrno(errno, "open " + path).message);
    }
    v4l2_capability capability{};
    if (!device.ask(VIDIOC_QUERYCAP, capability)) {
        return base::fail(base::ErrorCode::Unsupported, path + " is no capture device");
    }
    v4l2_input described{};
    described.index = static_cast<std::uint32_t>(input);
    if (!device.ask(VIDIOC_ENUMINPUT, described)) {
        return base::fail(base::ErrorCode::NotFound, path + " has no input " + std::to_string(input));
    }
    v4l2_std_id detected = 0;
    if (!device.ask(VIDIOC_QUERYSTD, detected)) {
        detected = 0;  // many cannot, or not while pictures flow
    }
    return captureInputOf(reinterpret_cast<const char*>(described.name), described.status, described.std, detected);
}

}  // namespace leedswatch::transcode
