#pragma once

#include "rtsp/depacketizer.h"

namespace leedswatch::rtsp {

/// What H.264 and H.265 have in common: whole NAL units, several of them in a packet, and one in several packets. A NAL
/// unit with a hole is left out, as no decoder can use what is behind it.
class NalDepacketizer : public Depacketizer {
protected:
    void begin() override;
    [[nodiscard]] bool holdsPicture() const override { return m_holdsSlice && !m_isInFragment; }
    void end() override { dropFragment(); }

    void addUnit(Bytes unit);
    /// NAL units each behind two bytes of length.
    void addAggregate(Bytes units);
    /// `header`: of the NAL unit whose first piece this is.
    void addFragment(Bytes header, Bytes piece, bool isFirst, bool isLast, bool afterGap);
    /// Whether a NAL unit that begins so holds a piece of the picture itself.
    [[nodiscard]] virtual bool isSlice(Bytes unit) const = 0;
    /// Whether a NAL unit that begins so can stand behind no slice of the same picture.
    [[nodiscard]] virtual bool isFirst(Bytes unit) const = 0;

private:
    void dropFragment();

    bool m_holdsSlice = false;
    bool m_isInFragment = false;
    std::size_t m_fragmentBegin = 0;
};

/// RFC 6184, non-interleaved mode and single units.
class H264Depacketizer final : public NalDepacketizer {
protected:
    void addPayload(Bytes payload, bool afterGap) override;
    [[nodiscard]] bool beginsPicture(Bytes payload) const override;
    [[nodiscard]] bool isSlice(Bytes unit) const override;
    [[nodiscard]] bool isFirst(Bytes unit) const override;
};

/// RFC 7798 without decoding order numbers.
class H265Depacketizer final : public NalDepacketizer {
protected:
    void addPayload(Bytes payload, bool afterGap) override;
    [[nodiscard]] bool beginsPicture(Bytes payload) const override;
    [[nodiscard]] bool isSlice(Bytes unit) const override;
    [[nodiscard]] bool isFirst(Bytes unit) const override;
};

}  // namespace leedswatch::rtsp
