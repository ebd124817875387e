#include "ui/privacy/camera_still.h"

namespace leedswatch::ui {

namespace {

/// Its pixels need not be square. The conversion makes memory of its own; scaled() does not where the size stays, and
/// the picture goes before whoever shows it.
QImage imageOf(const video::FullPicture& picture) {
    const QImage image{picture.pixels.data(), picture.width, picture.height, picture.width * 3, QImage::Format_RGB888};
    const double shape = static_cast<double>(picture.pixelAspectNumerator) / picture.pixelAspectDenominator;
    return image.convertToFormat(QImage::Format_RGB32)
        .scaled(static_cast<int>(picture.width * shape), picture.height, Qt::IgnoreAspectRatio,
                Qt::SmoothTransformation);
}

}  // namespace

CameraStill::CameraStill(PrivacyGuard& privacy, estate::CameraId camera, Source source, QObject* parent)
    : QObject{parent}, m_privacy{privacy}, m_camera{camera}, m_source{std::move(source)}, m_worker{*this} {
    connect(&privacy, &PrivacyGuard::changed, this, &CameraStill::loadIfMaskChanged);
}

void CameraStill::load() {
    m_mask = m_privacy.maskFor(m_camera);
    fetch();
}

void CameraStill::loadIfMaskChanged() {
    SharedMask mask = m_privacy.maskFor(m_camera);
    if (mask != m_mask || m_mask == nullptr) {
        m_mask = std::move(mask);
        fetch();
    }
}

void CameraStill::fetch() {
    Q_EMIT came({});
    m_worker.run([source = m_source, mask = m_mask] { return source(mask); },
                 [this, mask = m_mask](const base::Result<video::FullPicture>& picture) {
                     // Masked as it was wanted then is not as it is wanted now.
                     if (mask != m_mask) {
                         return;
                     }
                     if (picture) {
                         Q_EMIT came(imageOf(*picture));
                     } else {
                         Q_EMIT failed(picture.error());
                     }
                 });
}

}  // namespace leedswatch::ui
